import { expect, test } from 'vitest'
import { judge, type Held } from './verdict.ts'

const series = (length: number, at: (n: number) => Held) => Array.from({ length }, (_, n) => ({ web: at(n) }))
const verdictOf = (at: (n: number) => Held) => judge(series(30, at))[0]!.flat

test('what goes up and down is flat, and so is what fills its caches first', () => {
  expect(verdictOf((n) => ({ memory: 100e6 + (n % 5) * 10e6, open: 40 + (n % 7) }))).toBe(true)
  expect(verdictOf((n) => ({ memory: n < 6 ? 20e6 + n * 10e6 : 100e6, open: n < 6 ? 3 : 40 }))).toBe(true)
})

test('what holds one descriptor more each time is not', () => {
  expect(verdictOf((n) => ({ memory: 100e6, open: 40 + n }))).toBe(false)
})

test('what holds two hundredths more memory each time is not', () => {
  expect(verdictOf((n) => ({ memory: 200e6 + n * 4e6, open: 40 }))).toBe(false)
})

test('one that is large for a moment says nothing', () => {
  expect(verdictOf((n) => ({ memory: n === 28 ? 900e6 : 100e6, open: n === 28 ? 900 : 40 }))).toBe(true)
})
