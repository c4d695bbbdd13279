import { describe, expect, it } from 'vitest'
import type { LogFrame } from '#lib/model/stream.ts'
import { LogBuffer, placeOf, showAll, splitMatches } from './log-buffer.ts'

const at = '2026-07-01T10:00:00.000Z'
const lines = (from: number, count: number, stream: 'stdout' | 'stderr' = 'stdout'): LogFrame => ({
  type: 'lines',
  lines: Array.from({ length: count }, (_, i) => ({ at, stream, text: `line ${from + i}` })),
  cursor: String(from + count),
})
const textsOf = (buffer: LogBuffer) =>
  buffer.shown.map((n) => buffer.item(n)).map((item) => (item?.type === 'line' ? item.line.text : item?.mark))

describe('the log buffer', () => {
  it('keeps order, marks and the cursor to go on from', () => {
    const buffer = new LogBuffer()
    buffer.push([lines(0, 2), { type: 'mark', at, mark: 'gap', params: {} }, lines(2, 1)])
    expect(textsOf(buffer)).toEqual(['line 0', 'line 1', 'gap', 'line 2'])
    expect(buffer.cursor).toBe('3')
  })
  it('cuts the top beyond its bound and says how much', () => {
    const buffer = new LogBuffer(100)
    for (let i = 0; i < 30; i++) buffer.push([lines(i * 10, 10)])
    expect(buffer.size).toBeLessThanOrEqual(110)
    expect(buffer.cut + buffer.size).toBe(300)
    expect(textsOf(buffer).at(-1)).toBe('line 299')
    expect(textsOf(buffer)[0]).toBe(`line ${buffer.cut}`)
  })
  it('counts lines, and no marks among them', () => {
    const buffer = new LogBuffer(100)
    const ended: LogFrame = { type: 'mark', at, mark: 'ended', params: {} }
    buffer.push([lines(0, 2), ended, lines(2, 1)])
    expect([buffer.lines, buffer.linesCut, buffer.size]).toEqual([3, 0, 4])
    buffer.push([lines(3, 197)])
    expect([buffer.lines, buffer.linesCut, buffer.cut]).toEqual([100, 100, 101])
    buffer.empty()
    expect([buffer.lines, buffer.linesCut]).toEqual([0, 0])
  })
  it('holds the top while somebody reads there, but not for ever', () => {
    const buffer = new LogBuffer(100)
    buffer.push([lines(0, 150)], true)
    expect(buffer.cut).toBe(0)
    buffer.push([lines(150, 150)], true)
    expect(buffer.size).toBe(200)
  })
  it('shows one stream alone, and marks always', () => {
    const buffer = new LogBuffer()
    buffer.push([lines(0, 1), lines(1, 1, 'stderr'), { type: 'mark', at, mark: 'ended', params: {} }])
    buffer.filter = { ...showAll, stdout: false }
    expect(textsOf(buffer)).toEqual(['line 1', 'ended'])
    buffer.push([lines(2, 1), lines(3, 1, 'stderr')])
    expect(textsOf(buffer)).toEqual(['line 1', 'ended', 'line 3'])
  })
  it('counts matches in what is there and in what comes, and forgets those that were cut', () => {
    const buffer = new LogBuffer(100)
    buffer.push([lines(0, 50)])
    buffer.filter = { ...showAll, search: 'LINE 4' }
    expect(buffer.matches).toHaveLength(11)
    buffer.push([lines(400, 2)])
    expect(buffer.matches).toHaveLength(13)
    buffer.push([lines(1000, 200)])
    expect(buffer.matches.every((n) => n >= buffer.cut)).toBe(true)
  })
  it('takes in and searches 100,000 lines in a moment', () => {
    const buffer = new LogBuffer()
    const began = performance.now()
    for (let i = 0; i < 100; i++) buffer.push([lines(i * 1000, 1000)])
    buffer.filter = { ...showAll, search: '99999' }
    expect(buffer.matches).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

it('finds the place of a number', () => {
  expect([0, 5, 6, 99].map((n) => placeOf([5, 7, 9], n))).toEqual([0, 0, 1, 3])
})
it('splits a text where it matches', () => {
  expect(splitMatches('Error: no error', 'error')).toEqual(['', 'Error', ': no ', 'error', ''])
  expect(splitMatches('plain', '')).toEqual(['plain'])
})
