import { expect, test } from 'vitest'
import { applyToCache, cachedList } from './live-rows.ts'

const at = '2026-01-01T00:00:00.000Z'

test('a patch says which rows changed, all rows say none', () => {
  const all = applyToCache(undefined, { type: 'all', rows: [{ id: '1' }], head: {}, at })
  expect(all).toEqual({ rows: [{ id: '1' }], head: {}, at, changed: new Set() })
  const patched = applyToCache(all!, { type: 'patch', upserts: [{ id: '2' }], order: ['1', '2'], at })
  expect([patched?.rows.length, patched?.changed]).toEqual([2, new Set(['2'])])
})

test('a patch on nothing asks for all rows', () => {
  expect(applyToCache(undefined, { type: 'patch', upserts: [], at })).toBeNull()
})

test('what came with the page was not measured by the clock of the socket', () => {
  expect(cachedList({ rows: [], head: 1 })).toEqual({ rows: [], head: 1, at: null, changed: new Set() })
})
