import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetShared, share } from './shared.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  forgetShared()
})

/** Asks every 100 ms for 12 s what takes so long to find; answers when it was looked for, in ms. */
async function asked(tookMs: number, maxAgeMs: number): Promise<number[]> {
  const began = Date.now()
  const looked: number[] = []
  const find = () => {
    looked.push(Date.now() - began)
    return new Promise((resolve) => setTimeout(resolve, tookMs))
  }
  const answers: Promise<unknown>[] = []
  for (let n = 0; n < 120; n++) {
    answers.push(share('key', find, maxAgeMs))
    await vi.advanceTimersByTimeAsync(100)
  }
  await vi.advanceTimersByTimeAsync(tookMs)
  await Promise.all(answers)
  return looked
}

test('what was just found is shared', async () => {
  expect(await asked(10, 2_000)).toEqual([0, 2_000, 4_000, 6_000, 8_000, 10_000])
})

test('what is slow is shared for ten times as long as it took', async () => {
  expect(await asked(300, 1_000)).toEqual([0, 3_000, 6_000, 9_000])
})

test('what hung is not believed for long', async () => {
  expect(await asked(4_000, 250)).toEqual([0, 5_000, 10_000])
})
