import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extentOf, isMeasured, limitOf, ticksFor, withSamples, spanOf, timeTicksFor } from './samples.ts'

const sample = (second: number, cpu: number | null) => ({
  at: new Date(Date.UTC(2026, 6, 1, 10, 0, second)).toISOString(),
  values: { cpu },
  limits: { cpu: 2 },
})

describe('samples of a chart', () => {
  it('keeps order, drops what came twice and forgets what is old', () => {
    const points = withSamples([], [sample(0, 1), sample(1, 2), sample(1, 2), sample(0, 1), sample(12, 3)], 12_000)
    expect(points.map((p) => p.values.cpu)).toEqual([2, 3])
  })
  it('leaves a gap where nothing came', () => {
    const points = withSamples([], [sample(0, 1), sample(40, 2)], 60_000)
    expect(points.map((p) => p.values.cpu)).toEqual([1, undefined, 2])
  })
  it('tells samples of what does not run from figures', () => {
    expect(withSamples([], [sample(0, null), sample(40, null)], 60_000).some(isMeasured)).toBe(false)
    expect(withSamples([], [sample(0, null), sample(1, 0)], 60_000).some(isMeasured)).toBe(true)
  })
  it('says what a series did', () => {
    const points = withSamples([], [sample(0, 1), sample(1, null), sample(2, 4), sample(3, 3)], 60_000)
    expect(extentOf(points, 'cpu')).toEqual({ first: 1, last: 3, lowest: 1, highest: 4 })
    expect(extentOf(points, 'memory')).toBeNull()
    expect(limitOf(points, 'cpu')).toBe(2)
  })
})

describe('ticks', () => {
  it.each([
    [511 * 1024 ** 2, 1024, [0, 128, 256, 384, 512].map((m) => m * 1024 ** 2)],
    [0.9, 10, [0, 0.25, 0.5, 0.75, 1]],
    [0, 10, [0, 1]],
  ] as const)('of %d', (highest, base, ticks) => expect(ticksFor(highest, base)).toEqual(ticks))
  it('are three to five and reach the top', () =>
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e13, noNaN: true }), fc.constantFrom(10 as const, 1024 as const), (highest, base) => {
        const ticks = ticksFor(highest, base)
        return ticks.length >= 3 && ticks.length <= 5 && ticks.at(-1)! >= highest * (1 - 1e-6)
      }),
    ))
})

describe('the time of a plot', () => {
  it('is a minute at least, so that two samples do not fill it', () => {
    const points = withSamples([], [sample(0, 1), sample(1, 2)], 60_000)
    const [from, to] = spanOf(points)
    expect([from, to]).toEqual([points[1]!.at - 60_000, points[1]!.at])
  })
  it('has round instants, at most five, all within it', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 60_000, max: 86_400_000 }), (from, length) => {
        const { ticks, stepMs } = timeTicksFor([from, from + length])
        return ticks.length >= 1 && ticks.length <= 5 && ticks.every((at) => at % stepMs === 0 && at >= from && at <= from + length)
      }),
    ))
})
