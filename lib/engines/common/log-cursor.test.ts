import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawLine } from './log-text.ts'
import { LogCursor, LogResume, parseCursor, sinceOf } from './log-cursor.ts'

const container = 'ab'.repeat(32)
/** Nanoseconds after noon, as Docker writes them. */
const instant = (nanoseconds: number) =>
  `2026-01-01T12:00:${String(Math.floor(nanoseconds / 1e9)).padStart(2, '0')}.${String(nanoseconds % 1e9).padStart(9, '0')}Z`
const lineAt = (nanoseconds: number, index: number): RawLine => ({ at: instant(nanoseconds), stream: 'stdout', text: String(index) })

/** What an engine answers: everything not older than the anchor, in the order of its log. */
const since = (log: readonly RawLine[], at: string) => log.filter((line) => line.at >= at)

function readUpTo(log: readonly RawLine[], count: number): LogCursor {
  const cursor = new LogCursor(container, 'oe', '')
  for (const line of log.slice(0, count)) cursor.add(line)
  return cursor
}

describe('a log resumed', () => {
  it('neither loses nor repeats a line, wherever it broke, though instants repeat and are out of order', () => {
    // Two streams are stamped before they are written: up to some milliseconds out of order.
    const steps = fc.array(fc.record({ step: fc.integer({ min: 0, max: 700_000_000 }), late: fc.integer({ min: 0, max: 3_000_000 }) }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(steps, fc.nat(), (pieces, where) => {
        let now = 5_000_000_000
        const log = pieces.map(({ step, late }, index) =>
          lineAt(Math.max(0, (now += step % 3 === 0 ? 0 : step) - (index > 0 ? late : 0)), index),
        )
        const count = 1 + (where % log.length)
        const position = parseCursor(readUpTo(log, count).toString())
        const { lines, gap } = new LogResume(position, 'oe').take(since(log, position.anchor))
        expect(gap).toBeNull()
        expect(lines.map((line) => line.text)).toEqual(log.slice(count).map((line) => line.text))
      }),
    )
  })

  it('marks what was rotated away', () => {
    const log = [0, 1, 2, 3, 30, 31].map((second, index) => lineAt(second * 1e9, index))
    const position = readUpTo(log, 4).position!
    const { gap, lines } = new LogResume(position, 'oe').take(since(log, position.anchor).slice(-1))
    expect(gap).toEqual({ from: instant(3e9), to: instant(31e9) })
    expect(lines.map((line) => line.text)).toEqual(['5'])
  })

  it('repeats nothing when other streams are read than before', () => {
    const log = [0, 1, 2, 3].map((second, index) => lineAt(second * 1e9, index))
    const position = readUpTo(log, 2).position!
    expect(new LogResume(position, 'o').take(since(log, position.anchor)).lines.map((line) => line.text)).toEqual(['2', '3'])
  })
})

it('takes nothing else for a cursor', () => {
  expect(() => parseCursor('nonsense')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  expect(() => parseCursor(`${'a'.repeat(12)}|oe|${instant(1)}|${instant(1)}|-1|${instant(1)}`)).toThrow(
    expect.objectContaining({ code: 'invalid_input' }),
  )
})

it('asks Docker in seconds and nanoseconds', () => {
  expect(sinceOf('2026-01-01T12:00:00.000000007Z')).toBe(`${Date.UTC(2026, 0, 1, 12) / 1000}.000000007`)
  expect(sinceOf('2026-01-01T12:00:00+01:00')).toBe(`${Date.UTC(2026, 0, 1, 11) / 1000}.000000000`)
})
