import { describe, expect, it } from 'vitest'
import { isAppError } from '../errors/index.ts'
import { roles, type Binding, type Role } from '../model/role.ts'
import type { Actor } from './actor.ts'
import { allow, holds, holdsEverywhere, may, scopeOf } from './roles.ts'

const actorWith = (...bindings: Binding[]): Actor => ({
  userId: 'u',
  login: 'ada',
  name: 'Ada',
  via: { session: 's' },
  bindings,
  provider: null,
  language: null,
  theme: null,
})
const fleet = (role: Role): Binding => ({ role, environment: null, namespaces: null })
const inEnvironment = (role: Role): Binding => ({ role, environment: '1', namespaces: null })
const inNamespace = (role: Role): Binding => ({ role, environment: '1', namespaces: ['shop'] })

const targets = {
  'docker here': { environment: '1', namespace: null },
  'shop here': { environment: '1', namespace: 'shop' },
  'bank here': { environment: '1', namespace: 'bank' },
  'docker elsewhere': { environment: '2', namespace: null },
  'shop elsewhere': { environment: '2', namespace: 'shop' },
} as const

const everything = Object.keys(targets)
const reach: [string, (role: Role) => Binding, string[]][] = [
  ['the whole fleet', fleet, everything],
  ['one environment', inEnvironment, ['docker here', 'shop here', 'bank here']],
  ['one namespace', inNamespace, ['shop here']],
]

describe.each(reach)('a role bound to %s', (_, bind, reached) => {
  it.each(roles.flatMap((held) => roles.map((needed) => [held, needed] as const)))(
    '%s asked for %s holds exactly where it reaches',
    (held, needed) => {
      const allowed = Object.entries(targets).flatMap(([name, target]) =>
        may(actorWith(bind(held)), needed, target).allowed ? [name] : [],
      )
      expect(allowed).toEqual(roles.indexOf(held) >= roles.indexOf(needed) ? reached : [])
    },
  )
})

const codeOf = (act: () => void): string => {
  try {
    act()
  } catch (error) {
    return isAppError(error) ? error.code : 'unknown'
  }
  return 'allowed'
}

describe('allow', () => {
  it('says nothing of what somebody may not even see', () => {
    expect(codeOf(() => allow(actorWith(inNamespace('operator')), 'viewer', targets['docker here']))).toBe('not_found')
    expect(codeOf(() => allow(actorWith(), 'viewer', targets['docker here']))).toBe('not_found')
  })

  it('names the role that is missing where it may be seen', () => {
    expect(codeOf(() => allow(actorWith(fleet('viewer')), 'operator', targets['docker here']))).toBe('forbidden')
    expect(may(actorWith(fleet('deployer')), 'operator', { ...targets['docker here'], environmentName: 'prod-eu' })).toEqual({
      allowed: false,
      reason: { code: 'needs_role_in', params: { role: 'operator', held: 'deployer', environment: 'prod-eu' } },
    })
  })

  it('adds bindings up', () => {
    const actor = actorWith(fleet('viewer'), inNamespace('operator'))
    expect(codeOf(() => allow(actor, 'operator', targets['shop here']))).toBe('allowed')
    expect(codeOf(() => allow(actor, 'operator', targets['bank here']))).toBe('forbidden')
  })
})

describe('scopeOf', () => {
  it('is nowhere without a role and everywhere with one of the fleet', () => {
    expect(scopeOf(actorWith(), 'viewer')).toEqual([])
    expect(scopeOf(actorWith(inNamespace('operator'), fleet('viewer')), 'viewer')).toEqual([{ environment: null, namespaces: null }])
  })

  it('holds only the places of a role strong enough', () => {
    expect(scopeOf(actorWith(inEnvironment('viewer'), inNamespace('operator')), 'deployer')).toEqual([
      { environment: '1', namespaces: ['shop'] },
    ])
  })
})

it('an administrator of one environment is none of the fleet', () => {
  expect(holds(actorWith(inEnvironment('administrator')), 'administrator')).toBe(true)
  expect(holdsEverywhere(actorWith(inEnvironment('administrator')), 'administrator')).toBe(false)
  expect(holdsEverywhere(actorWith(fleet('administrator')), 'administrator')).toBe(true)
})
