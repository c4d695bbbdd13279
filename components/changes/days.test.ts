import { expect, test } from 'vitest'
import type { Activity, Outcome } from '#lib/model/activity.ts'
import type { Change } from '#lib/model/change.ts'
import { countOutcomes, foldBatches, foldRepeats, groupByDay, outcomeOfBatch } from './days.ts'

const activity = (id: string, batch: string | null, outcome: Outcome = 'succeeded'): Activity => ({
  id,
  batch,
  verb: 'resource.stop',
  environment: '1',
  environmentName: 'lab',
  kind: 'docker/containers',
  key: id,
  name: id,
  userId: 'u',
  userName: 'Ada',
  tokenName: null,
  input: {},
  why: null,
  startedAt: '2026-11-21T10:00:00.000Z',
  finishedAt: null,
  outcome,
  progress: null,
  output: '',
  error: null,
})
const done = (id: string, at: string, batch: string | null = null): Change => ({ type: 'activity', id, at, activity: activity(id, batch) })

test('a selection is one entry where its newest activity stands', () => {
  const entries = foldBatches([
    done('d', '2026-11-21T10:04:00.000Z', 'b1'),
    done('c', '2026-11-21T10:03:00.000Z'),
    done('b', '2026-11-21T10:02:00.000Z', 'b1'),
  ])
  expect(entries.map((entry) => [entry.type, entry.id])).toEqual([
    ['batch', 'd'],
    ['one', 'c'],
  ])
  expect(entries[0]?.type === 'batch' && entries[0].activities.map((a) => a.id)).toEqual(['d', 'b'])
})

test('a selection of one thing is that thing', () => {
  expect(foldBatches([done('d', '2026-11-21T10:04:00.000Z', 'b1')])[0]?.type).toBe('one')
})

test('days break at midnight UTC and keep the order', () => {
  const days = groupByDay(foldBatches([done('b', '2026-11-21T00:00:00.000Z'), done('a', '2026-11-20T23:59:59.999Z')]))
  expect(days.map(({ day, entries }) => [day, entries.length])).toEqual([
    ['2026-11-21', 1],
    ['2026-11-20', 1],
  ])
})

test('a selection runs while one of it runs, then has the worst outcome', () => {
  const ended = [activity('a', 'b', 'succeeded'), activity('b', 'b', 'failed'), activity('c', 'b', 'interrupted')]
  expect(outcomeOfBatch([...ended, activity('d', 'b', 'running')])).toBe('running')
  expect(outcomeOfBatch(ended)).toBe('failed')
  expect(outcomeOfBatch([activity('a', 'b')])).toBe('succeeded')
  expect(countOutcomes(ended)).toEqual({ running: 0, succeeded: 1, failed: 1, interrupted: 1 })
})

test('what an engine says again and again is one entry, broken by anything else and by midnight', () => {
  const dies = (at: string, key = 'web'): Change => ({
    type: 'event',
    id: key + at,
    at,
    environment: '1',
    kind: 'docker/containers',
    key,
    name: key,
    namespace: null,
    action: 'die',
    severity: 'error',
    attributes: {},
  })
  const entries = foldRepeats(
    foldBatches([
      dies('2026-11-21T10:03:00.000Z'),
      dies('2026-11-21T10:02:00.000Z'),
      dies('2026-11-21T10:01:00.000Z', 'db'),
      dies('2026-11-21T00:00:01.000Z'),
      dies('2026-11-20T23:59:00.000Z'),
    ]),
  )
  expect(entries.map((entry) => (entry.type === 'repeat' ? entry.changes.length : 1))).toEqual([2, 1, 1, 1])
})
