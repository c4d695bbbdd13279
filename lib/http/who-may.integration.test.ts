import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { includesRole, type Binding, type Role } from '../model/role.ts'
import { endpoints } from '../operations/index.ts'
import { needs, type Need } from './fixtures/needs.ts'
import { makeWorld, type World } from './fixtures/world.ts'
import { call } from './test-client.ts'

useDatabase()

let world: World
beforeAll(async () => void (world = await makeWorld()))

it('says of every operation who may do it', () => {
  expect(Object.keys(needs).toSorted()).toEqual(endpoints.map(({ operation }) => operation.name).toSorted())
})

const held = (bindings: Binding[], role: Role, where: (binding: Binding) => boolean): boolean =>
  bindings.some((binding) => where(binding) && includesRole(binding.role, role))

/** `passes`: neither signed out, nor forbidden, nor hidden; what comes then is the operation's own affair. */
type Verdict = 'passes' | 401 | 403 | 404

function expected({ role, where, names }: Need, bindings: Binding[] | null): Verdict {
  if (role === 'public') return 'passes'
  if (!bindings) return 401
  if (role === 'signed-in') return 'passes'
  const reaches: Record<Need['where'], (binding: Binding) => boolean> = {
    somewhere: () => true,
    fleet: ({ environment, namespaces }) => environment === null && namespaces === null,
    known: ({ environment }) => environment === null || environment === world.here,
    here: ({ environment, namespaces }) => namespaces === null && (environment === null || environment === world.here),
  }
  if (held(bindings, role, reaches[where])) return 'passes'
  // Forbidden is what they see and may not do; of all else they hear that it is not there.
  const sees = names === 'resource' ? reaches.here : reaches.known
  return names && !held(bindings, 'viewer', sees) ? 404 : 403
}

const verdictOf = (status: number): Verdict => (status === 401 || status === 403 || status === 404 ? status : 'passes')

describe.each(Object.entries(needs))('%s', (name, need) => {
  it('is for who may, and for nobody else', async () => {
    const outcomes: Record<string, unknown> = {}
    const wanted: Record<string, unknown> = {}
    for (const [who, person] of [['nobody', null] as const, ...world.people]) {
      wanted[who] = expected(need, person?.actor.bindings ?? null)
      const spared = need.spends && wanted[who] === 'passes'
      const response = await call(name, { ...need.call(spared ? '999999' : world.here), cookie: person?.cookie })
      await response.body?.cancel()
      outcomes[who] = spared && response.status === 404 ? 'passes' : verdictOf(response.status)
    }
    expect(outcomes).toEqual(wanted)
  })
})
