import { expect, test } from 'vitest'
import type { Environment, EnvironmentState } from '../../model/environment.ts'
import { cardsOf, headOf } from './read.ts'

const environment = (id: string, state: EnvironmentState): Environment => ({
  id,
  name: `env-${id}`,
  engine: 'docker',
  stage: 'dev',
  flag: { hue: 'plum', pattern: 'cross', code: 'ENV' },
  description: '',
  protected: false,
  address: 'unix:///var/run/docker.sock',
  state,
  stateSince: '2026-11-21T10:00:00.000Z',
  lastContactAt: null,
  engineVersion: null,
  error: null,
  counts: {},
})
const counts = [
  { environment: '1', kind: 'docker/containers', health: 'failing' as const, count: 2 },
  { environment: '1', kind: 'docker/containers', health: 'healthy' as const, count: 21 },
  { environment: '2', kind: 'docker/containers', health: 'failing' as const, count: 7 },
  { environment: '3', kind: 'docker/volumes', health: 'degraded' as const, count: 1 },
]

test('a card holds its own figures by kind and health', () => {
  const [first, second] = cardsOf([environment('1', 'live'), environment('9', 'connecting')], counts)
  expect(first?.kinds).toEqual({ 'docker/containers': { failing: 2, healthy: 21 } })
  expect(second?.kinds).toEqual({})
})

test('what a silent or paused environment last said is not counted as failing now', () => {
  const cards = cardsOf(
    [environment('1', 'live'), environment('2', 'stale'), environment('3', 'behind'), environment('4', 'paused')],
    counts,
  )
  expect(headOf(cards, [])).toMatchObject({ failing: 2, degraded: 1 })
})
