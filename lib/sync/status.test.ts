import { expect, test } from 'vitest'
import { type Observation, type Status, statusAfter } from './status.ts'

const fresh: Status = { state: 'connecting', error: null, unfollowed: {}, lastContactAt: null, engineVersion: null }
const refused = { code: 'connection-refused' }

/** Runs what was seen, each with the second in which it was seen. */
const after = (start: Status, ...seen: [atSeconds: number, Observation][]): Status =>
  seen.reduce((status, [at, one]) => statusAfter(status, one, at * 1_000, 10_000), start)

const answered: Observation = { type: 'answered', version: '20.10' }
const followed: Observation = { type: 'followed', caughtUp: true }
const listing: Observation = { type: 'followed', caughtUp: false }
const silence: Observation = { type: 'silence' }
const failed: Observation = { type: 'failed', reason: refused, answering: false }
const broke: Observation = { type: 'failed', reason: refused, answering: true }
const live = after(fresh, [0, answered], [0, followed])

test('it is connecting until everything was listed, then live', () => {
  expect(after(fresh, [0, answered], [1, listing]).state).toBe('connecting')
  expect(live).toEqual({ state: 'live', error: null, unfollowed: {}, lastContactAt: 0, engineVersion: '20.10' })
})

test('what never answered stays connecting and says why', () => {
  expect(after(fresh, [0, failed], [60, silence])).toMatchObject({ state: 'connecting', error: refused })
})

test('a short break is not worth a word', () => {
  expect(after(live, [2, failed], [9, silence]).state).toBe('live')
})

test('after ten silent seconds it is stale, with the reason if one is known', () => {
  expect(after(live, [10, silence])).toMatchObject({ state: 'stale', error: { code: 'engine-silent' } })
  expect(after(live, [11, failed], [12, silence])).toMatchObject({ state: 'stale', error: refused })
})

test('an engine that answers while its following breaks is behind', () => {
  expect(after(live, [1, answered], [1, broke])).toMatchObject({ state: 'behind', error: refused })
})

test('what waits long to be written makes it behind, until it is written', () => {
  const behind = after(live, [1, listing])
  expect(behind).toMatchObject({ state: 'behind', error: { code: 'sync-behind' } })
  expect(after(behind, [2, followed])).toMatchObject({ state: 'live', error: null })
  expect(after(live, [1, answered], [1, broke], [2, listing])).toEqual({ ...behind, lastContactAt: 2_000 })
})

test('a stale one that speaks again is live only when it is followed', () => {
  const stale = after(live, [10, silence])
  expect(after(stale, [20, answered]).state).toBe('behind')
  expect(after(stale, [20, answered], [21, followed])).toMatchObject({ state: 'live', error: null, lastContactAt: 21_000 })
})
