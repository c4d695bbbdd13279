import { expect, test } from 'vitest'
import { applyRowsFrame, type LiveList, type RowsFrame } from './live.ts'

const at = '2026-01-01T00:00:00.000Z'
const row = (id: string, name = id) => ({ id, name })
const list: LiveList<{ id: string; name: string }, { total: number }> = { rows: [row('1'), row('2'), row('3')], head: { total: 3 } }

test('a frame with all rows replaces what is known', () => {
  const frame: RowsFrame = { type: 'all', rows: [row('9')], head: { total: 1 }, at }
  expect(applyRowsFrame(list, frame)).toEqual({ rows: [row('9')], head: { total: 1 } })
})

test('a patch without an order changes rows in their places and leaves the head alone', () => {
  expect(applyRowsFrame(list, { type: 'patch', upserts: [row('2', 'two')], at })).toEqual({
    rows: [row('1'), row('2', 'two'), row('3')],
    head: { total: 3 },
  })
})

test('a patch with an order moves, adds and removes', () => {
  const frame: RowsFrame = { type: 'patch', upserts: [row('4')], order: ['4', '3', '1'], head: { total: 4 }, at }
  expect(applyRowsFrame(list, frame)).toEqual({ rows: [row('4'), row('3'), row('1')], head: { total: 4 } })
})

test('rows that a patch does not touch stay the same objects, so that they are not drawn again', () => {
  expect(applyRowsFrame(list, { type: 'patch', upserts: [row('2', 'two')], at }).rows[0]).toBe(list.rows[0])
})
