import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { settleActivity, startActivity } from '../../access/index.ts'
import { call, signedIn, type Person } from '../../http/test-client.ts'
import type { Change } from '../../model/change.ts'
import type { EnvironmentOverview, HomeHead } from '../../model/home.ts'
import type { LiveList } from '../../model/live.ts'
import type { Row } from '../../model/resource.ts'
import { addDocker, see } from '../fixtures/fleet.ts'

useDatabase()

let harbour: string
let island: string
let silent: string
let administrator: Person

const failing = (key: string, since: string, namespace: string | null = null) => ({ key, namespace, since, health: 'failing' as const })

beforeAll(async () => {
  harbour = await addDocker('harbour')
  island = await addDocker('island')
  silent = await addDocker('silent', 'stale')
  administrator = await signedIn({ role: 'administrator', environment: null, namespaces: null })
  const seen = new Date('2026-11-21T10:00:00Z')
  await see(harbour, [
    { key: 'fine' },
    { key: 'slow', namespace: 'red', health: 'degraded', since: '2026-11-01T00:00:00.000Z' },
    failing('late', '2026-11-21T09:00:00.000Z', 'blue'),
    failing('early', '2026-11-21T08:00:00.000Z', 'red'),
  ])
  await see(island, [failing('reef', '2026-11-21T08:30:00.000Z')])
  await see(silent, [failing('ghost', '2026-11-20T00:00:00.000Z')])
  for (const [environment, key, namespace] of [
    [harbour, 'new-red', 'red'],
    [harbour, 'new-blue', 'blue'],
    [island, 'new-palm', null],
  ] as const) {
    await see(environment, [{ key, namespace }], seen)
    await see(environment, [{ key, namespace, version: '2', health: 'degraded' }], new Date(seen.getTime() + 1_000))
  }
})

const namesOf = (rows: readonly { name: string }[]) => rows.map(({ name }) => name)
const toldOf = (changes: readonly Change[]) =>
  [...new Set(changes.flatMap((change) => (change.type === 'activity' ? [] : [change.name])))].toSorted()

const home = async ({ cookie }: Person) => (await (await call('home.read', { cookie })).json()) as LiveList<Row, HomeHead>
const overview = (environment: string, { cookie }: Person) => call('environments.overview', { path: { environment }, cookie })

describe('home', () => {
  test('shows the worst first, then what goes on for longest, and nothing old of the silent', async () => {
    const { rows, head } = await home(administrator)
    expect(namesOf(rows).slice(0, 4)).toEqual(['early', 'reef', 'late', 'slow'])
    expect(namesOf(rows)).not.toContain('ghost')
    expect(head).toMatchObject({ failing: 3, degraded: 4 })
    expect(head.environments.map(({ environment }) => environment.name)).toEqual(['harbour', 'island', 'silent'])
  })

  test('of one environment is all that its people see', async () => {
    const { rows, head } = await home(await signedIn({ role: 'viewer', environment: island, namespaces: null }))
    expect(namesOf(rows)).toEqual(['reef', 'new-palm'])
    expect(head).toMatchObject({ failing: 1, degraded: 1 })
    expect(head.environments.map(({ environment }) => environment.name)).toEqual(['island'])
    expect(toldOf(head.changes)).toEqual(['new-palm'])
  })

  test('of one namespace is all that its people see', async () => {
    const { rows, head } = await home(await signedIn({ role: 'viewer', environment: harbour, namespaces: ['red'] }))
    expect(namesOf(rows)).toEqual(['early', 'slow', 'new-red'])
    expect(head).toMatchObject({ failing: 1, degraded: 2 })
    expect(toldOf(head.changes)).toEqual(['new-red'])
  })

  test('of nobody in particular is empty, and not refused', async () => {
    expect(await home(await signedIn())).toMatchObject({ rows: [], head: { environments: [], failing: 0, changes: [] } })
  })

  test('lets an activity tell what it led to, unless that is a problem', async () => {
    const environment = { id: Number(harbour), name: 'harbour' }
    const resource = { kind: 'docker/containers', key: 'fine', name: 'fine', namespace: null }
    const actor = { userId: administrator.actor.userId, name: 'Ada Lovelace' }
    const { activity } = await startActivity(actor, { verb: 'resource.restart', environment, resource, requestId: 'r' })
    await see(harbour, [{ key: 'fine', version: '2', health: 'moving' }])
    await see(harbour, [{ key: 'fine', version: '3', health: 'failing' }])
    await settleActivity(activity.id, {})
    const { head } = await home(administrator)
    const told = head.changes.filter((change) => (change.type === 'activity' ? change.id === activity.id : change.name === 'fine'))
    expect(told).toMatchObject([
      { type: 'change', to: 'failing', after: { verb: 'resource.restart', userName: 'Ada Lovelace' } },
      { type: 'activity' },
    ])
  })
})

describe('the overview of an environment', () => {
  test('holds what is there and nothing of others', async () => {
    const { rows, head } = (await (await overview(island, administrator)).json()) as LiveList<Row, EnvironmentOverview>
    expect(namesOf(rows)).toEqual(['reef', 'new-palm'])
    expect(head.kinds).toEqual({ 'docker/containers': { failing: 1, degraded: 1 } })
    expect(toldOf(head.changes)).toEqual(['new-palm'])
  })

  test('is as narrow as the rights', async () => {
    const person = await signedIn({ role: 'viewer', environment: harbour, namespaces: ['blue'] })
    const { rows, head } = (await (await overview(harbour, person)).json()) as LiveList<Row, EnvironmentOverview>
    expect(namesOf(rows)).toEqual(['late', 'new-blue'])
    expect(head.kinds).toEqual({ 'docker/containers': { failing: 1, degraded: 1 } })
    expect(toldOf(head.changes)).toEqual(['new-blue'])
  })

  test('does not exist for people of another one', async () => {
    const person = await signedIn({ role: 'administrator', environment: island, namespaces: null })
    expect((await overview(harbour, person)).status).toBe(404)
  })
})
