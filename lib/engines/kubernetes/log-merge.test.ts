import { expect, test } from 'vitest'
import { LogMerge, type Part } from './log-merge.ts'

const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString().replace('Z', '000000Z')
const lines = (...instants: number[]): Part => ({
  type: 'lines',
  lines: instants.map((ms) => ({ at: at(ms), stream: 'stdout', text: String(ms) })),
})
const never = new AbortController().signal

async function* saying(...parts: Part[]): AsyncGenerator<Part> {
  for (const part of parts) {
    await Promise.resolve()
    yield part
  }
}

async function readAll(merge: LogMerge) {
  const told: string[] = []
  const marks: string[] = []
  for (let isFirst = true; ; isFirst = false) {
    const some = await merge.take(never, isFirst)
    if (!some) return { told, marks }
    for (const one of some)
      if ('line' in one) told.push(`${one.line.source} ${one.line.text}`)
      else marks.push(`${one.mark.mark} ${one.mark.params['of']}`)
  }
}

test('several logs are told in order of time, however much of each comes at once', async () => {
  const merge = new LogMerge()
  const counted: string[] = []
  merge.add('a', 'a', saying(lines(1, 4, 7), lines(10, 13)), ({ text }) => counted.push(text))
  merge.add('b', 'b', saying(lines(2), lines(3), lines(5, 11)), () => undefined)
  expect((await readAll(merge)).told).toEqual(['a 1', 'b 2', 'b 3', 'a 4', 'b 5', 'a 7', 'a 10', 'b 11', 'a 13'])
  expect(counted, 'what is told is counted').toEqual(['1', '4', '7', '10', '13'])
})

test('a log that says nothing holds nobody up', async () => {
  const merge = new LogMerge()
  const silent = (async function* (): AsyncGenerator<Part> {
    await new Promise(() => undefined)
    yield lines()
  })()
  merge.add('silent', 's', silent, () => undefined)
  merge.add('b', 'b', saying(lines(1), lines(2)), () => undefined)
  const told = [await merge.take(never, true), await merge.take(never, false)].flatMap((some) =>
    some!.map((one) => 'line' in one && one.line.text),
  )
  expect(told).toEqual(['1', '2'])
})

test('a mark names whose it is, and one log alone needs no name', async () => {
  const merge = new LogMerge()
  merge.add('a', 'a', saying({ type: 'mark', at: at(1), mark: 'ended', params: { exitCode: 3 } }), () => undefined)
  expect((await readAll(merge)).marks).toEqual(['ended a'])
  const alone = new LogMerge()
  alone.add('a', null, saying(lines(1)), () => undefined)
  expect(await alone.take(never, true)).toEqual([{ line: { at: at(1), stream: 'stdout', text: '1' } }])
})

test('a mark stands among the lines of all, and never before a line that its log said first', async () => {
  const merge = new LogMerge()
  const ended: Part = { type: 'mark', at: at(3), mark: 'ended', params: {} }
  merge.add('a', 'a', saying(lines(1, 5), ended), () => undefined)
  merge.add('b', 'b', saying(lines(2, 4, 9)), () => undefined)
  const told: string[] = []
  for (let isFirst = true; ; isFirst = false) {
    const some = await merge.take(never, isFirst)
    if (!some) break
    told.push(...some.map((one) => ('line' in one ? one.line.text : one.mark.mark)))
  }
  expect(told).toEqual(['1', '2', '4', '5', 'ended', '9'])
})

test('what one of them fails with is thrown', async () => {
  const merge = new LogMerge()
  const failing = (async function* (): AsyncGenerator<Part> {
    yield lines(1)
    throw new Error('the stream broke')
  })()
  merge.add('a', null, failing, () => undefined)
  await expect(readAll(merge)).rejects.toThrow('the stream broke')
})
