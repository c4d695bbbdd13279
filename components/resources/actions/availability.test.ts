import { describe, expect, it } from 'vitest'
import type { Environment } from '#lib/model/environment.ts'
import { nextFlag } from '#lib/model/flag.ts'
import type { ActionDescription } from '#lib/model/kind.ts'
import type { Row } from '#lib/model/resource.ts'
import { availabilityOf, availabilityOfAll, remedyOf, reverseOf, type Circumstance } from './availability.ts'

const at = '2026-07-01T10:00:00.000Z'
const row = (blocked: Record<string, string> = {}, health: Row['health'] = 'failing', environment = '1'): Row => ({
  id: `${environment}${Object.keys(blocked).join()}`,
  environment,
  kind: 'any/things',
  key: 'a',
  uid: 'a',
  version: '1',
  namespace: null,
  name: 'a',
  health,
  state: { code: 'running' },
  reason: null,
  since: null,
  createdAt: null,
  facts: {},
  images: [],
  labels: {},
  observedAt: at,
  blocked,
})
const environment = (id: string, state: Environment['state'] = 'live'): Environment => ({
  id,
  name: `env-${id}`,
  engine: 'any',
  stage: 'dev',
  flag: nextFlag('env', 0),
  description: '',
  protected: false,
  address: 'unix://x',
  state,
  stateSince: at,
  lastContactAt: at,
  engineVersion: '1',
  error: null,
  counts: {},
})
const action = (name: string, role: ActionDescription['role'] = 'deployer'): ActionDescription => ({
  name,
  role,
  weight: 'undoable',
  input: null,
})
const deployer: Circumstance = {
  bindings: [{ role: 'deployer', environment: '1', namespaces: null }],
  environments: new Map([
    ['1', environment('1')],
    ['2', environment('2')],
  ]),
}

describe('whether an action is on', () => {
  it('is on with the right, an answering engine and a state that allows it', () =>
    expect(availabilityOf(action('stop'), row(), deployer)).toEqual({ on: true }))
  it('names the missing role', () => {
    expect(availabilityOf(action('remove', 'operator'), row(), deployer)).toMatchObject({
      on: false,
      reason: { code: 'needs_role_in', params: { role: 'operator', held: 'deployer' } },
    })
    expect(availabilityOf(action('stop'), row({}, 'failing', '2'), deployer)).toMatchObject({
      on: false,
      reason: { params: { held: 'none' } },
    })
  })
  it('is off while the engine is silent, and not while only our following is behind', () => {
    const at = (state: Environment['state']) =>
      availabilityOf(action('stop'), row(), { ...deployer, environments: new Map([['1', environment('1', state)]]) })
    expect(at('stale')).toMatchObject({ on: false, reason: { code: 'environment_silent' } })
    expect(at('behind')).toEqual({ on: true })
  })
  it('is off when the state forbids it', () =>
    expect(availabilityOf(action('start'), row({ start: 'already_running' }), deployer)).toEqual({ on: false, blocked: 'already_running' }))
  it('of a selection is off when no row allows it, or one lacks the right', () => {
    const stopped = row({ stop: 'not_running' })
    expect(availabilityOfAll(action('stop'), [stopped, row()], deployer).on).toBe(true)
    expect(availabilityOfAll(action('stop'), [stopped, stopped], deployer).on).toBe(false)
    expect(availabilityOfAll(action('stop'), [row({}, 'failing', '2'), row()], deployer).on).toBe(false)
  })
})

describe('what helps', () => {
  const actions = ['start', 'stop', 'restart', 'pause', 'unpause'].map((name) => action(name))
  it('is a start for what is stopped and a restart for what fails', () => {
    expect(remedyOf(row({}, 'stopped'), actions, deployer)?.name).toBe('start')
    expect(remedyOf(row({ start: 'already_running' }, 'failing'), actions, deployer)?.name).toBe('restart')
    expect(remedyOf(row({}, 'failing'), actions, deployer)?.name).toBe('start')
    expect(remedyOf(row({}, 'healthy'), actions, deployer)).toBeUndefined()
  })
  it('has a way back', () => {
    expect(reverseOf('stop', actions)?.name).toBe('start')
    expect(reverseOf('unpause', actions)?.name).toBe('pause')
    expect(reverseOf('restart', actions)).toBeUndefined()
  })
})
