import { expect, test } from 'vitest'
import { FakeClock } from '../../model/fake-clock.ts'
import type { LogFrame } from '../../model/stream.ts'
import { batchLogs } from './batch-logs.ts'

const lines = (from: number, count: number, text = ''): LogFrame => ({
  type: 'lines',
  lines: Array.from({ length: count }, (_, index) => ({ at: '', stream: 'stdout' as const, text: `${text}${from + index}` })),
  cursor: String(from + count - 1),
})
const mark: LogFrame = { type: 'mark', at: '', mark: 'ended', params: {} }
const numbersOf = (frames: LogFrame[]) =>
  frames.flatMap((frame) => (frame.type === 'lines' ? frame.lines.map((line) => Number(line.text)) : []))

async function collect(frames: AsyncIterable<LogFrame>): Promise<LogFrame[]> {
  const collected: LogFrame[] = []
  for await (const frame of frames) collected.push(frame)
  return collected
}

async function* from(frames: LogFrame[]): AsyncIterable<LogFrame> {
  yield* frames
}

test('small frames become few, with the last cursor and every line in its order', async () => {
  const out = await collect(batchLogs(from([lines(0, 3), lines(3, 2), mark, lines(5, 1)]), new FakeClock()))
  expect(out.map((frame) => frame.type)).toEqual(['lines', 'mark', 'lines'])
  expect(numbersOf(out)).toEqual([0, 1, 2, 3, 4, 5])
  expect(out[0]).toMatchObject({ cursor: '4' })
})

test('a frame holds at most 500 lines and 64 KiB', async () => {
  const small = await collect(batchLogs(from(Array.from({ length: 30 }, (_, index) => lines(index * 50, 50))), new FakeClock()))
  expect(small.map((frame) => (frame.type === 'lines' ? frame.lines.length : 0))).toEqual([500, 500, 500])
  const wide = await collect(
    batchLogs(from(Array.from({ length: 10 }, (_, index) => lines(index, 1, '0'.repeat(20_000)))), new FakeClock()),
  )
  expect(Math.max(...wide.map((frame) => JSON.stringify(frame).length))).toBeLessThan(70_000)
  expect(numbersOf(wide)).toHaveLength(10)
})

test('a line that comes alone is out after 50 ms', async () => {
  const clock = new FakeClock()
  const never = Promise.withResolvers<void>()
  async function* slow(): AsyncIterable<LogFrame> {
    yield lines(0, 1)
    await never.promise
  }
  const first = batchLogs(slow(), clock)[Symbol.asyncIterator]().next()
  let isOut = false
  void first.then(() => (isOut = true))
  await clock.advance(49)
  expect(isOut).toBe(false)
  await clock.advance(1)
  expect(isOut).toBe(true)
  never.resolve()
})

test('who does not read holds the engine back', async () => {
  let pulled = 0
  async function* endless(): AsyncIterable<LogFrame> {
    for (;;) yield lines(pulled++ * 500, 500)
  }
  const reading = batchLogs(endless(), new FakeClock())[Symbol.asyncIterator]()
  await reading.next()
  await new Promise((resolve) => setImmediate(resolve))
  expect(pulled).toBeLessThanOrEqual(2)
  await reading.return?.()
})

test('what breaks the stream reaches the reader', async () => {
  async function* broken(): AsyncIterable<LogFrame> {
    yield lines(0, 1)
    throw new Error('cut')
  }
  await expect(collect(batchLogs(broken(), new FakeClock()))).rejects.toThrow('cut')
})
