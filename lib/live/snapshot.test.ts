import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyRowsFrame, type LiveList, type RowsFrame } from '../model/live.ts'
import { frameBetween, snapshotOf } from './snapshot.ts'

const now = new Date('2026-01-01T00:00:00Z')
const row = fc.record({
  id: fc.nat(9).map(String),
  name: fc.constantFrom('a', 'b', 'c'),
  facts: fc.dictionary(fc.constantFrom('x', 'y'), fc.nat(2)),
})
const list = fc.record({ rows: fc.uniqueArray(row, { selector: (one) => one.id, maxLength: 8 }), head: fc.record({ total: fc.nat(3) }) })

test('whoever takes in the frames has the last list, also when frames in between were left out', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(list, fc.boolean()), { minLength: 1, maxLength: 12 }), (steps) => {
      let shown: LiveList | undefined
      let seen = null
      for (const [index, [next, isSent]] of steps.entries()) {
        if (!isSent && index < steps.length - 1) continue
        const snapshot = snapshotOf(next, now)
        const frame = frameBetween(seen, snapshot)
        if (frame) shown = applyRowsFrame(shown, JSON.parse(frame) as RowsFrame)
        seen = snapshot
      }
      expect(shown).toEqual(steps.at(-1)![0])
    }),
  )
})

test('a patch holds only what differs', () => {
  const before = snapshotOf({ rows: [{ id: '1' }, { id: '2' }], head: { total: 2 } }, now)
  const after = snapshotOf({ rows: [{ id: '1' }, { id: '2', name: 'new' } as { id: string }], head: { total: 2 } }, now)
  expect(JSON.parse(frameBetween(before, after)!)).toEqual({ type: 'patch', upserts: [{ id: '2', name: 'new' }], at: now.toISOString() })
})

test('another duration alone is no change', () => {
  const of = (tookMs: number) => snapshotOf({ rows: [], head: { total: 1, tookMs, totalAt: String(tookMs) } }, now)
  expect(frameBetween(of(1), of(2))).toBeNull()
})
