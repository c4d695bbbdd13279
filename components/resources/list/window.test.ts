import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covers, holdOrder, shiftOf, windowFor, type Held } from './window.ts'

const held = (position: number, count: number): Held => ({ position, ids: Array.from({ length: count }, (_, i) => String(position + i)) })

describe('the window to ask for', () => {
  it('asks for nothing while the view is covered', () => {
    expect(windowFor({ first: 0, last: 25 }, held(0, 120), 12_480)).toBeNull()
    expect(windowFor({ first: 0, last: 5 }, held(0, 6), 6)).toBeNull()
    expect(windowFor({ first: 0, last: 0 }, held(0, 0), 0)).toBeNull()
  })
  it('goes by an anchor near what is held', () => {
    expect(windowFor({ first: 95, last: 120 }, held(0, 120), 12_480)).toEqual({ anchor: '95', before: 60, after: 86 })
  })
  it('goes by a fraction far from it', () => {
    expect(windowFor({ first: 6_240, last: 6_265 }, held(0, 120), 12_480)).toEqual({ fraction: 0.5, before: 60, after: 86 })
  })
  it('goes by the top when it reaches the top', () => {
    expect(windowFor({ first: 10, last: 35 }, held(500, 120), 12_480)).toEqual({ before: 0, after: 120 })
  })
  it('always covers the view once answered, and stays within the bound', () => {
    const cases = fc.record({
      total: fc.integer({ min: 1, max: 200_000 }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      heldAt: fc.double({ min: 0, max: 1, noNaN: true }),
      rows: fc.integer({ min: 1, max: 60 }),
    })
    fc.assert(
      fc.property(cases, ({ total, at, heldAt, rows }) => {
        const first = Math.floor(at * (total - 1))
        const view = { first, last: Math.min(total - 1, first + rows - 1) }
        const position = Math.floor(heldAt * (total - 1))
        const old = held(position, Math.min(150, total - position))
        const asked = windowFor(view, old, total)
        if (!asked) return covers(old, view, total)
        const centre = asked.anchor ? Number(asked.anchor) : Math.floor((asked.fraction ?? 0) * total)
        const from = Math.max(0, centre - asked.before)
        const answer = held(from, Math.min(total, centre + asked.after) - from)
        return asked.before <= 200 && asked.after <= 200 && covers(answer, view, total)
      }),
    )
  })
})

describe('rows coming above the view', () => {
  it('says by how many the view moved', () => {
    const before = held(100, 100)
    expect(shiftOf(before, { position: 103, ids: before.ids }, { first: 120, last: 140 })).toBe(3)
    expect(shiftOf(before, { position: 99, ids: before.ids }, { first: 120, last: 140 })).toBe(-1)
  })
  it('is not fooled by one row that moved by itself', () => {
    const ids = held(0, 40).ids
    const moved = [ids[20]!, ...ids.filter((_, i) => i !== 20)]
    expect(shiftOf({ position: 0, ids }, { position: 0, ids: moved }, { first: 20, last: 30 })).toBe(0)
  })
  it('knows nothing of lists without a common row', () => {
    expect(shiftOf(held(0, 10), held(500, 10), { first: 0, last: 5 })).toBe(0)
  })
})

describe('a held order', () => {
  it('keeps the order, takes the new values and counts what waits', () => {
    const order = [
      { id: 'a', n: 1 },
      { id: 'b', n: 1 },
    ]
    const now = [
      { id: 'c', n: 1 },
      { id: 'b', n: 2 },
      { id: 'a', n: 1 },
    ]
    expect(holdOrder(order, now)).toEqual({
      rows: [
        { id: 'a', n: 1 },
        { id: 'b', n: 2 },
      ],
      added: 1,
    })
  })
  it('keeps a row that left', () => {
    expect(holdOrder([{ id: 'a' }], [])).toEqual({ rows: [{ id: 'a' }], added: 0 })
  })
})
