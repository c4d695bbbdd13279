import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { sealSecrets } from '../access/index.ts'
import { prisma } from '../database/index.ts'
import { writeBatch } from '../inventory/index.ts'
import type { Summary } from '../model/resource.ts'
import { includesRole, roles, type Binding, type Role } from '../model/role.ts'
import { endpoints } from '../operations/index.ts'
import { call, signedIn, type Call, type Person } from './test-client.ts'

useDatabase()

const canary = 'canary-7f3a91-never-to-be-told'
let here = ''
let elsewhere = ''

const web: Summary = {
  key: 'web',
  uid: 'uid-1',
  version: '1',
  namespace: null,
  name: 'web',
  health: 'healthy',
  state: { code: 'running' },
  reason: null,
  since: null,
  createdAt: null,
  facts: {},
  images: [],
  labels: {},
  relations: [],
  searchTerms: [],
}

async function makeEnvironment(name: string): Promise<string> {
  const flag = { flagHue: 'plum', flagPattern: 'cross', flagCode: 'AAA' }
  // Nothing listens there: what comes through to the engine is told by `engine_unreachable`.
  const { id } = await prisma().environment.create({
    data: {
      name,
      engine: 'docker',
      stage: 'dev',
      ...flag,
      protected: false,
      settings: { transport: 'socket', path: `/tmp/nobody-${randomUUID()}.sock` },
      secrets: sealSecrets({ key: canary }),
      engineId: name,
      state: 'live',
    },
  })
  await prisma().lease.create({ data: { environmentId: id, holder: randomUUID(), fence: 1n, renewedAt: new Date() } })
  const batch = {
    kind: 'docker/containers',
    upserts: [{ summary: web, document: { Name: 'web' } }],
    deletes: [],
    complete: true,
    cursor: null,
  }
  await writeBatch(id, 1n, batch, new Date())
  return String(id)
}

const people = new Map<string, Person>()

beforeAll(async () => {
  here = await makeEnvironment('here')
  elsewhere = await makeEnvironment('elsewhere')
  const bind = (role: Role, environment: string | null, namespaces: string[] | null = null): Binding => ({ role, environment, namespaces })
  people.set('no role', await signedIn())
  for (const role of roles) {
    people.set(`${role} of the fleet`, await signedIn(bind(role, null)))
    people.set(`${role} here`, await signedIn(bind(role, here)))
    people.set(`${role} elsewhere`, await signedIn(bind(role, elsewhere)))
    people.set(`${role} of a namespace here`, await signedIn(bind(role, here, ['shop'])))
  }
})

/**
 * What each operation needs, written down a second time, apart from the code that checks it. `where` is what the call
 * is about: nothing in particular, the environment `here` as a whole, or `known` for what any role in it shows.
 */
interface Need {
  role: Role | 'signed-in' | 'public'
  where: 'somewhere' | 'fleet' | 'known' | 'here'
  call: () => Call
}
const place = () => ({ environment: here, kind: 'containers', key: 'web' })
const nothing = () => ({})
const stop = () => ({ input: {}, uid: 'uid-1' })
const connection = { settings: { transport: 'socket', path: '/tmp/nobody.sock' } }

const needs: Record<string, Need> = {
  'kinds.list': { role: 'signed-in', where: 'somewhere', call: nothing },
  'resources.list': { role: 'viewer', where: 'here', call: () => ({ query: { kind: 'docker/containers', environment: here } }) },
  'resources.facets': { role: 'viewer', where: 'here', call: () => ({ query: { kind: 'docker/containers', environment: here } }) },
  'resources.export': { role: 'viewer', where: 'here', call: () => ({ query: { kind: 'docker/containers', environment: here } }) },
  'resources.read': { role: 'viewer', where: 'here', call: () => ({ path: place() }) },
  'resources.timeline': { role: 'viewer', where: 'known', call: () => ({ path: place() }) },
  'resources.logs': { role: 'viewer', where: 'here', call: () => ({ path: place() }) },
  'resources.consequences': { role: 'operator', where: 'here', call: () => ({ path: { ...place(), action: 'remove' } }) },
  'resources.runAction': { role: 'deployer', where: 'here', call: () => ({ path: { ...place(), action: 'stop' }, body: stop() }) },
  // Of a selection every row has its own outcome; the request is refused only where nothing may be known.
  'resources.runActions': {
    role: 'deployer',
    where: 'known',
    call: () => ({
      body: {
        action: 'stop',
        keys: [{ environment: here, kind: 'docker/containers', key: 'web', uid: 'uid-1' }],
      },
    }),
  },
  'environments.list': { role: 'signed-in', where: 'somewhere', call: nothing },
  'environments.connect': {
    role: 'administrator',
    where: 'fleet',
    call: () => ({ body: { engine: 'docker', name: 'new', stage: 'dev', ...connection } }),
  },
  'environments.test': { role: 'administrator', where: 'fleet', call: () => ({ body: { engine: 'docker', ...connection } }) },
  'environments.discover': { role: 'administrator', where: 'fleet', call: nothing },
  'environments.read': { role: 'viewer', where: 'known', call: () => ({ path: { environment: here } }) },
  'environments.overview': { role: 'viewer', where: 'known', call: () => ({ path: { environment: here } }) },
  'environments.update': {
    role: 'administrator',
    where: 'fleet',
    call: () => ({ path: { environment: here }, body: { description: 'x' } }),
  },
  'environments.remove': { role: 'administrator', where: 'fleet', call: () => ({ path: { environment: '999999' } }) },
  'environments.pause': { role: 'administrator', where: 'fleet', call: () => ({ path: { environment: '999999' } }) },
  'environments.resume': { role: 'administrator', where: 'fleet', call: () => ({ path: { environment: '999999' } }) },
  'activities.list': { role: 'viewer', where: 'somewhere', call: nothing },
  'activities.read': { role: 'signed-in', where: 'somewhere', call: () => ({ path: { id: 'not-an-id' } }) },
  'home.read': { role: 'signed-in', where: 'somewhere', call: nothing },
  'changes.list': { role: 'viewer', where: 'somewhere', call: nothing },
  'changes.people': { role: 'viewer', where: 'somewhere', call: nothing },
  'search.find': { role: 'viewer', where: 'somewhere', call: () => ({ query: { q: 'web' } }) },
  'me.read': { role: 'signed-in', where: 'somewhere', call: nothing },
  'me.update': { role: 'signed-in', where: 'somewhere', call: () => ({ body: {} }) },
  'sessions.list': { role: 'signed-in', where: 'somewhere', call: nothing },
  'sessions.endOthers': { role: 'signed-in', where: 'somewhere', call: nothing },
  'sessions.end': { role: 'signed-in', where: 'somewhere', call: () => ({ path: { id: 'not-an-id' } }) },
  'setup.claim': { role: 'public', where: 'somewhere', call: () => ({ body: {} }) },
  'system.health': { role: 'public', where: 'somewhere', call: nothing },
  'system.ready': { role: 'public', where: 'somewhere', call: nothing },
  'system.metrics': { role: 'administrator', where: 'fleet', call: nothing },
  'system.openapi': { role: 'public', where: 'somewhere', call: nothing },
}

it('says of every operation who may do it', () => {
  expect(Object.keys(needs).toSorted()).toEqual(endpoints.map(({ operation }) => operation.name).toSorted())
})

const held = (bindings: Binding[], role: Role, where: (binding: Binding) => boolean): boolean =>
  bindings.some((binding) => where(binding) && includesRole(binding.role, role))

/** `passes`: neither signed out, nor forbidden, nor hidden; what comes then is the operation's own affair. */
function expected({ role, where }: Need, bindings: Binding[] | null): 'passes' | 401 | 'refused' {
  if (role === 'public') return 'passes'
  if (!bindings) return 401
  if (role === 'signed-in') return 'passes'
  const reaches: Record<Need['where'], (binding: Binding) => boolean> = {
    somewhere: () => true,
    fleet: ({ environment, namespaces }) => environment === null && namespaces === null,
    known: ({ environment }) => environment === null || environment === here,
    here: ({ environment, namespaces }) => namespaces === null && (environment === null || environment === here),
  }
  return held(bindings, role, reaches[where]) ? 'passes' : 'refused'
}

const missing = (name: string) => name.startsWith('environments.') && ['remove', 'pause', 'resume'].some((verb) => name.endsWith(verb))

const verdictOf = (status: number, name: string, isFleetAdministrator: boolean): 'passes' | 401 | 'refused' => {
  if (status === 401) return 401
  // These are asked for an environment that nobody has, so that the next one still finds its own.
  if (status === 404 && missing(name) && isFleetAdministrator) return 'passes'
  return status === 403 || status === 404 ? 'refused' : 'passes'
}

describe.each(Object.entries(needs))('%s', (name, need) => {
  it('is for who may, and for nobody else', async () => {
    const outcomes: Record<string, unknown> = {}
    const wanted: Record<string, unknown> = {}
    for (const [who, person] of [['nobody', null] as const, ...people]) {
      const response = await call(name, { ...need.call(), cookie: person?.cookie })
      await response.body?.cancel()
      outcomes[who] = verdictOf(response.status, name, who === 'administrator of the fleet')
      wanted[who] = expected(need, person?.actor.bindings ?? null)
    }
    expect(outcomes).toEqual(wanted)
  })
})

describe('what may not be known of', () => {
  const viewer = () => people.get('viewer elsewhere')!.cookie

  it.each(['environments.read', 'resources.read', 'resources.timeline', 'resources.logs'])(
    '%s answers as if it were not there',
    async (name) => {
      const [hidden, absent] = await Promise.all([
        call(name, { path: place(), cookie: viewer() }),
        call(name, { path: { ...place(), environment: '999999' }, cookie: viewer() }),
      ])
      expect([hidden.status, absent.status]).toEqual([404, 404])
      const [one, other] = (await Promise.all([hidden.json(), absent.json()])) as { error: { requestId: string } }[]
      expect({ ...one!.error, requestId: '' }).toEqual({ ...other!.error, requestId: '' })
    },
  )

  it('is in no list, search or count of others', async () => {
    const cookie = viewer()
    const list = (await (await call('resources.list', { query: { kind: 'docker/containers' }, cookie })).json()) as {
      rows: { environment: string }[]
    }
    expect(list.rows.map(({ environment }) => environment)).toEqual([elsewhere])
    const environments = (await (await call('environments.list', { cookie })).json()) as { rows: { id: string }[] }
    expect(environments.rows.map(({ id }) => id)).toEqual([elsewhere])
    const search = (await (await call('search.find', { query: { q: 'web' }, cookie })).json()) as { hits: { environment: string }[] }
    expect(search.hits.map(({ environment }) => environment)).toEqual([elsewhere])
  })
})

it('tells a stored secret to nobody, in no answer', async () => {
  const { cookie } = people.get('administrator of the fleet')!
  for (const { operation, method } of endpoints.filter((endpoint) => endpoint.method === 'GET')) {
    const response = await call(operation.name, { ...needs[operation.name]!.call(), cookie })
    expect(await response.text(), `${method} ${operation.name}`).not.toContain(canary)
  }
  const updated = await call('environments.update', { path: { environment: here }, body: { description: 'y' }, cookie })
  expect(updated.status).toBe(200)
  expect(await updated.text()).not.toContain(canary)
})
