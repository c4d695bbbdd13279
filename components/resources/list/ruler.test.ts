import { describe, expect, it } from 'vitest'
import { rowAt, shareOf } from './ruler.ts'

const places = {
  total: 1_000,
  marks: [
    { health: 'failing' as const, at: 0, rows: 200 },
    { health: 'degraded' as const, at: 500, rows: 1 },
    { health: 'moving' as const, at: 510, rows: 1 },
  ],
}

describe('pointing at the ruler', () => {
  it('means the very row of a mark nearby', () => {
    expect(rowAt(252, 500, places)).toEqual({ index: 500, marked: true })
    expect(rowAt(254, 500, places)).toEqual({ index: 510, marked: true })
  })
  it('means a row within a mark that stands for many', () => expect(rowAt(50, 500, places)).toEqual({ index: 100, marked: true }))
  it('means that share of the list elsewhere, and never a row that is not there', () => {
    expect(rowAt(400, 500, places)).toEqual({ index: 800, marked: false })
    expect(rowAt(500, 500, places)).toEqual({ index: 999, marked: false })
    expect(rowAt(-3, 500, { total: 10, marks: [] })).toEqual({ index: 0, marked: false })
  })
  it('has its marks on the track, whatever the list has become meanwhile', () =>
    expect([shareOf(5, 10), shareOf(12, 10), shareOf(1, 0)]).toEqual([0.5, 1, 0]))
})
