import { expect, it } from 'vitest'
import { gather } from './gather.ts'

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}
async function* counted(upTo: number): AsyncGenerator<number> {
  for (let n = 1; n <= upTo; n++) yield n
}

it('what comes at once is one bundle, and no bundle is larger than allowed', async () => {
  expect(await collect(gather(counted(5), 1_000, 10))).toEqual([[1, 2, 3, 4, 5]])
  expect(await collect(gather(counted(5), 1_000, 2))).toEqual([[1, 2], [3, 4], [5]])
})

it('does not wait for more than the time given', async () => {
  let more = () => undefined as void
  async function* slow(): AsyncGenerator<number> {
    yield 1
    await new Promise<void>((resolve) => (more = resolve))
    yield 2
  }
  const bundles = gather(slow(), 1, 10)
  expect((await bundles.next()).value).toEqual([1])
  more()
  expect((await bundles.next()).value).toEqual([2])
})

it('tells what came before a failure, then the failure', async () => {
  async function* breaks(): AsyncGenerator<number> {
    yield 1
    throw new Error('cut')
  }
  const bundles = gather(breaks(), 1_000, 10)
  expect((await bundles.next()).value).toEqual([1])
  await expect(bundles.next()).rejects.toThrow('cut')
})

it('takes nothing ahead of who reads', async () => {
  let taken = 0
  async function* source(): AsyncGenerator<number> {
    for (;;) yield ++taken
  }
  const bundles = gather(source(), 1_000, 3)
  await bundles.next()
  expect(taken).toBeLessThanOrEqual(4)
  await bundles.return(undefined)
})
