import type { MetricSample } from '#lib/model/stream.ts'

/** A point of a chart: an instant in milliseconds and a value for each series; null is a gap. */
export interface Point {
  at: number
  values: Record<string, number | null>
  limits: Record<string, number | null>
}

/** Two samples further apart than this have a gap between them: a gap is a fact. */
const gapMs = 15_000

/** Adds samples in order, marks gaps, and forgets what is older than the span. */
export function withSamples(points: readonly Point[], samples: readonly MetricSample[], spanMs: number): Point[] {
  const all = [...points]
  for (const sample of samples) {
    const at = Date.parse(sample.at)
    const last = all.at(-1)
    if (Number.isNaN(at) || (last && at <= last.at)) continue
    if (last && at - last.at > gapMs) all.push({ at: last.at + 1, values: {}, limits: {} })
    all.push({ at, values: sample.values, limits: sample.limits })
  }
  const newest = all.at(-1)
  return newest ? all.filter((point) => point.at > newest.at - spanMs) : all
}

/** Whether any series has a value there. */
export const isMeasured = ({ values }: Point): boolean => Object.values(values).some((value) => typeof value === 'number')

export interface Extent {
  first: number
  last: number
  lowest: number
  highest: number
}

/** What a sentence about one series says; null when it has no value at all. */
export function extentOf(points: readonly Point[], series: string): Extent | null {
  const values = points.map((p) => p.values[series]).filter((v): v is number => typeof v === 'number')
  const [first] = values
  const last = values.at(-1)
  if (first === undefined || last === undefined) return null
  return { first, last, lowest: Math.min(...values), highest: Math.max(...values) }
}

/** The newest limit of a series that is known. */
export const limitOf = (points: readonly Point[], series: string): number | null =>
  points.findLast((p) => typeof p.limits[series] === 'number')?.limits[series] ?? null

/** Three to five round ticks from zero to at least `highest`; `base` 1024 for bytes of memory, 10 for all else. */
export function ticksFor(highest: number, base: 10 | 1024 = 10): number[] {
  if (!(highest > 0)) return [0, 1]
  const unit = base === 1024 ? 1024 ** Math.floor(Math.log(highest) / Math.log(1024)) : 10 ** Math.floor(Math.log10(highest))
  const scaled = highest / unit
  const steps = base === 1024 ? [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512] : [0.2, 0.25, 0.5, 1, 2, 2.5]
  const step = (steps.find((s) => scaled / s <= 4) ?? scaled / 4) * unit
  const count = Math.max(2, Math.ceil(highest / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, i) => i * step)
}

/** `14:06:12`, in UTC. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 19)

const leastSpanMs = 60_000

/** From when to when a plot reaches: never less than a minute, so that the first samples do not fill it with next to nothing. */
export function spanOf(points: readonly Point[]): [from: number, to: number] {
  const to = points.at(-1)?.at ?? leastSpanMs
  return [Math.min(points[0]?.at ?? 0, to - leastSpanMs), to]
}

const timeStepsMs = [15_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000]

/** Round instants of a span, at most five, and the distance between them. */
export function timeTicksFor([from, to]: readonly [number, number]): { ticks: number[]; stepMs: number } {
  const stepMs = timeStepsMs.find((step) => (to - from) / step < 5) ?? Math.ceil((to - from) / 4)
  const first = Math.ceil(from / stepMs) * stepMs
  return { stepMs, ticks: Array.from({ length: Math.floor((to - first) / stepMs) + 1 }, (_, i) => first + i * stepMs) }
}
