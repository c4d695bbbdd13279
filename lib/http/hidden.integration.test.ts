import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { sessionOf, settleActivity } from '../access/index.ts'
import { startActivity } from '../access/activities.ts'
import { endpoints } from '../operations/index.ts'
import { needs } from './fixtures/needs.ts'
import { canary, makeWorld, type World } from './fixtures/world.ts'
import { call, type Call } from './test-client.ts'

useDatabase()

let world: World
beforeAll(async () => void (world = await makeWorld()))
const cookieOf = (who: string) => world.people.get(who)!.cookie

/** All that an answer tells but the request's own id. */
async function told(name: string, asked: Call) {
  const response = await call(name, asked)
  const headers = [...response.headers].filter(([header]) => header !== 'x-request-id')
  const { error } = (await response.json()) as { error: { requestId: string } }
  return { status: response.status, headers, error: { ...error, requestId: '' } }
}

const named = Object.keys(needs).filter((name) => needs[name]!.names)
const strangers = ['no role', 'viewer elsewhere', 'administrator elsewhere']

describe.each(named)('an environment that may not be known of: %s', (name) => {
  it.each(strangers)('answers %s as if it were not there', async (who) => {
    const cookie = cookieOf(who)
    const hidden = await told(name, { ...needs[name]!.call(world.here), cookie })
    expect(hidden.status).toBe(404)
    expect(hidden).toEqual(await told(name, { ...needs[name]!.call('999999'), cookie }))
  })
})

describe('what may not be known of', () => {
  it('is not there for who tests a connection in its name either', async () => {
    const connection = { engine: 'docker', settings: { transport: 'socket', path: '/tmp/nobody.sock' } }
    for (const who of strangers) {
      const ask = (environment: string) => told('environments.test', { body: { ...connection, environment }, cookie: cookieOf(who) })
      const hidden = await ask(world.here)
      expect(hidden.status).toBe(404)
      expect(hidden).toEqual(await ask('999999'))
    }
  })

  it('is no resource for who sees but a namespace', async () => {
    const cookie = cookieOf('administrator of a namespace here')
    const place = { environment: world.here, kind: 'containers', action: 'remove' }
    for (const name of named.filter((one) => needs[one]!.names === 'resource')) {
      const { body } = needs[name]!.call(world.here)
      const ask = async (key: string) =>
        JSON.parse(JSON.stringify(await told(name, { path: { ...place, key }, body, cookie })).replaceAll(key, '')) as { status: number }
      const hidden = await ask('web')
      expect(hidden.status, name).toBe(404)
      expect(hidden).toEqual(await ask('never-was'))
    }
  })

  it('is no activity and no session of others', async () => {
    const { actor } = world.people.get('administrator here')!
    const wanted = { verb: 'resource.stop', environment: { id: Number(world.here), name: 'here' }, requestId: 'r' }
    const { activity } = await startActivity(actor, wanted)
    await settleActivity(activity.id, {})
    expect((await call('activities.read', { path: { id: activity.id }, cookie: cookieOf('viewer here') })).status).toBe(200)
    for (const who of [...strangers, 'viewer of a namespace here'])
      for (const [name, id] of [
        ['activities.read', activity.id],
        ['sessions.end', sessionOf(actor.via)!],
      ] as const) {
        // prettier-ignore
        const hidden = await told(name, { path: { id }, cookie: cookieOf(who) })
        expect(hidden.status, `${name} ${who}`).toBe(404)
        expect(hidden).toEqual(await told(name, { path: { id: randomUUID() }, cookie: cookieOf(who) }))
      }
  })

  it('is in no list, search or count of others', async () => {
    const cookie = cookieOf('viewer elsewhere')
    const rowsOf = async (name: string, asked: Call = {}) =>
      ((await (await call(name, { ...asked, cookie })).json()) as { rows: { environment: string; id: string }[] }).rows
    const containers = await rowsOf('resources.list', { query: { kind: 'docker/containers' } })
    expect(containers.map(({ environment }) => environment)).toEqual([world.elsewhere])
    expect((await rowsOf('environments.list')).map(({ id }) => id)).toEqual([world.elsewhere])
    const search = (await (await call('search.find', { query: { q: 'web' }, cookie })).json()) as { hits: { environment: string }[] }
    expect(search.hits.map(({ environment }) => environment)).toEqual([world.elsewhere])
    const facets = (await (await call('resources.facets', { query: { kind: 'docker/containers' }, cookie })).json()) as unknown
    expect(JSON.stringify(facets)).not.toContain(`"${world.here}"`)
    const csv = await (await call('resources.export', { query: { kind: 'docker/containers' }, cookie })).text()
    expect(csv.split('\r\n').slice(1, -1)).toEqual([expect.stringMatching(/^elsewhere,/)])
  })
})

it('tells a stored secret to nobody, in no answer', async () => {
  const cookie = cookieOf('administrator of the fleet')
  for (const { operation, method } of endpoints.filter((endpoint) => endpoint.method === 'GET')) {
    const response = await call(operation.name, { ...needs[operation.name]!.call(world.here), cookie })
    expect(await response.text(), `${method} ${operation.name}`).not.toContain(canary)
  }
  const updated = await call('environments.update', { path: { environment: world.here }, body: { description: 'y' }, cookie })
  expect(updated.status).toBe(200)
  expect(await updated.text()).not.toContain(canary)
})
