import { expect, test } from 'vitest'
import { SharedStream, type StreamSubscriber } from './shared-stream.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))

/** A stream whose items are pushed by the test. */
function source() {
  const waiting: ((item: number | null | Error) => void)[] = []
  const state = { opened: 0, closed: 0 }
  async function* open(signal: AbortSignal): AsyncIterable<number> {
    state.opened++
    try {
      for (;;) {
        const item = await new Promise<number | null | Error>((resolve) => {
          waiting.push(resolve)
          signal.addEventListener('abort', () => resolve(null))
        })
        if (item instanceof Error) throw item
        if (item === null) return
        yield item
      }
    } finally {
      state.closed++
    }
  }
  return {
    state,
    open,
    async push(item: number | null | Error) {
      waiting.shift()?.(item)
      await settle()
    },
  }
}

class Viewer implements StreamSubscriber<number> {
  ready = true
  got: number[] = []
  ended: unknown = null
  isReady(): boolean {
    return this.ready
  }
  send(item: number): void {
    this.got.push(item)
  }
  fail(error: unknown): void {
    this.ended = error
  }
  end(): void {
    this.ended = 'end'
  }
}

test('all viewers share one stream; a later one begins with what is remembered', async () => {
  const { state, open, push } = source()
  const stream = new SharedStream(open, () => undefined)
  const [first, second] = [new Viewer(), new Viewer()]
  stream.add(first)
  await push(1)
  await push(2)
  stream.add(second)
  await push(3)
  expect([first.got, second.got, state.opened]).toEqual([[1, 2, 3], [1, 2, 3], 1])
})

test('the last viewer closes it', async () => {
  const { state, open, push } = source()
  let emptied = 0
  const stream = new SharedStream(open, () => emptied++)
  const [first, second] = [new Viewer(), new Viewer()]
  stream.add(first)
  stream.add(second)
  await push(1)
  stream.remove(first)
  expect(emptied).toBe(0)
  stream.remove(second)
  await settle()
  expect([emptied, state.closed]).toEqual([1, 1])
})

test('who is not ready waits, and then misses only what is forgotten', async () => {
  const { open, push } = source()
  const stream = new SharedStream(open, () => undefined)
  const slow = new Viewer()
  slow.ready = false
  stream.add(slow)
  for (let n = 0; n < 130; n++) await push(n)
  slow.ready = true
  stream.drain(slow)
  expect([slow.got.length, slow.got[0], slow.got.at(-1)]).toEqual([120, 10, 129])
})

test('an end and a failure are told to all, and the stream is over', async () => {
  for (const [last, told] of [[null, 'end'] as const, [new Error('gone'), new Error('gone')] as const]) {
    const { open, push } = source()
    let emptied = 0
    const stream = new SharedStream(open, () => emptied++)
    const viewer = new Viewer()
    stream.add(viewer)
    await push(last)
    expect([viewer.ended, emptied]).toEqual([told, 1])
  }
})
