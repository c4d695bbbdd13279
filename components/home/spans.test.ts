import { expect, test } from 'vitest'
import type { Change } from '#lib/model/change.ts'
import type { Health } from '#lib/model/health.ts'
import { spansOf } from './spans.ts'

const became = (key: string, to: Health): Change => ({
  type: 'change',
  id: key + to,
  at: '2026-11-21T10:00:00.000Z',
  environment: '1',
  kind: 'docker/containers',
  key,
  name: key,
  namespace: null,
  uid: key,
  change: 'health',
  from: 'healthy',
  to,
  state: null,
  reason: null,
})
const thing = (key: string) => ({ environment: '1', kind: 'docker/containers', key })

test('a problem that goes on has a line from where it began, the oldest at the left', () => {
  const changes = [became('web', 'healthy'), became('db', 'degraded'), became('queue', 'failing')]
  expect(spansOf(changes, [thing('db'), thing('queue')])).toEqual([
    { index: 2, health: 'failing', lane: 0 },
    { index: 1, health: 'degraded', lane: 1 },
  ])
})

test('what is over has none', () => {
  expect(spansOf([became('web', 'failing')], [])).toEqual([])
})

test('of one thing that failed twice only the last time is drawn', () => {
  expect(spansOf([became('web', 'failing'), became('web', 'healthy'), became('web', 'failing')], [thing('web')])).toEqual([
    { index: 0, health: 'failing', lane: 0 },
  ])
})
