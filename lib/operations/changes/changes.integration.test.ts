import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { settleActivity, startActivities, type NewActivity, type Started } from '../../access/index.ts'
import { prisma } from '../../database/index.ts'
import { call, signedIn, type Person } from '../../http/test-client.ts'
import { writeEvents } from '../../inventory/index.ts'
import type { Change, ChangesHead } from '../../model/change.ts'
import type { LiveList } from '../../model/live.ts'
import { addDocker, see } from '../fixtures/fleet.ts'

useDatabase()

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, second))
let harbour: string
let island: string
let administrator: Person
let ada: { userId: string; name: string }

const wish = (environment: string, key: string, namespace: string | null = null): NewActivity => ({
  verb: 'resource.stop',
  environment: { id: Number(environment), name: environment === harbour ? 'harbour' : 'island' },
  resource: { kind: 'docker/containers', key, name: key, namespace },
  requestId: 'r',
})
const keys = Array.from({ length: 12 }, (_, n) => `c${n}`)

beforeAll(async () => {
  harbour = await addDocker('harbour')
  island = await addDocker('island')
  administrator = await signedIn({ role: 'administrator', environment: null, namespaces: null })
  ada = { userId: administrator.actor.userId, name: 'Ada Lovelace' }
  const bob = { userId: (await signedIn({ role: 'operator', environment: island, namespaces: null })).actor.userId, name: 'Bob' }
  // Of both sources more come at one instant than a page holds; ids of one batch pass from 9 to 10 on the way.
  await see(
    harbour,
    keys.map((key, n) => ({ key, namespace: n % 2 ? 'red' : 'blue' })),
    at(0),
  )
  await see(
    harbour,
    keys.map((key, n) => ({ key, namespace: n % 2 ? 'red' : 'blue', version: '2', health: 'stopped' as const })),
    at(10),
  )
  const started = await startActivities(
    ada,
    keys.map((key, n) => wish(harbour, key, n % 2 ? 'red' : 'blue')),
  )
  for (const { activity } of started) await settleActivity(activity.id, {})
  await prisma().activity.updateMany({ data: { startedAt: at(10), finishedAt: at(11) } })
  const [{ activity }] = (await startActivities(bob, [wish(island, 'palm')])) as [Started]
  await prisma().activity.update({ where: { id: activity.id }, data: { startedAt: at(12) } })
  await see(island, [{ key: 'palm' }], at(13))
  await see(island, [{ key: 'palm', version: '2', health: 'failing' }], at(60))
  const event = (action: string, severity: 'info' | 'error', second: number) => ({
    at: at(second).toISOString(), kind: 'docker/containers', key: 'palm', name: 'palm', namespace: null, action, severity, attributes: {},
  }) // prettier-ignore
  await writeEvents(Number(island), 1n, [event('oom', 'error', 59), event('start', 'info', 58)])
})

type Page = LiveList<Change, ChangesHead>
const page = async (query: Record<string, string>, { cookie }: Person = administrator) =>
  (await (await call('changes.list', { query, cookie })).json()) as Page
const labelOf = (change: Change) =>
  change.type === 'activity' ? `${change.activity.userName} ${change.activity.key}` : `${change.type} ${change.name}`
const placesOf = (rows: readonly Change[]) =>
  new Set(rows.map((change) => (change.type === 'activity' ? change.activity.environment : change.environment)))

describe('pages over both sources', () => {
  test.each([1, 5, 7])('of %i lose nothing and show nothing twice', async (limit) => {
    const all = (await page({ limit: '500' })).rows
    expect(all.length).toBeGreaterThan(2 * keys.length)
    const walked: Change[] = []
    for (let before: string | null = ''; before !== null;) {
      const { rows, head }: Page = await page({ limit: String(limit), ...(before && { before }) })
      expect(rows.length).toBeLessThanOrEqual(limit)
      walked.push(...rows)
      before = head.next
    }
    expect(walked.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    expect(new Set(walked.map(({ id }) => id)).size).toBe(walked.length)
    expect(walked.map((change) => change.at)).toEqual(
      walked
        .map((change) => change.at)
        .toSorted()
        .toReversed(),
    )
  })
})

describe('filters', () => {
  test('narrow both sources', async () => {
    expect(placesOf((await page({ environment: island })).rows)).toEqual(new Set([island]))
    expect(new Set((await page({ key: 'c3' })).rows.map(labelOf))).toEqual(new Set(['Ada Lovelace c3', 'change c3']))
    expect((await page({ text: 'palm' })).rows.map(labelOf).toSorted()).toEqual(['Bob palm', 'change palm', 'event palm'])
    expect(await page({ kind: 'docker/volumes' })).toMatchObject({ rows: [], head: { next: null } })
  })
  test('of people leave out what engines tell, and the other way round', async () => {
    const types = async (query: Record<string, string>) => new Set((await page(query)).rows.map(({ type }) => type))
    expect(await types({ source: 'people' })).toEqual(new Set(['activity']))
    expect(await types({ source: 'itself' })).toEqual(new Set(['change', 'event']))
    expect((await page({ who: 'Bob' })).rows.map(labelOf)).toEqual(['Bob palm'])
    expect((await page({ outcome: 'running' })).rows.map(labelOf)).toEqual(['Bob palm'])
  })
  test('of time include their beginning and exclude their end', async () => {
    const { rows } = await page({ since: at(12).toISOString(), until: at(60).toISOString() })
    expect(rows.map(labelOf)).toEqual(['event palm', 'Bob palm'])
  })
  test('leave out what engines say in passing', async () => {
    expect(
      (await page({ environment: island, source: 'itself' })).rows.some((change) => change.type === 'event' && change.action === 'start'),
    ).toBe(false)
  })
})

test('what followed an activity says so, what came by itself does not', async () => {
  const { rows } = await page({ source: 'itself', key: 'c3' })
  expect(rows[0]).toMatchObject({ type: 'change', to: 'stopped', after: { verb: 'resource.stop', userName: 'Ada Lovelace' } })
  const { rows: timeline } = (await (
    await call('resources.timeline', { path: { environment: harbour, kind: 'containers', key: 'c3' }, cookie: administrator.cookie })
  ).json()) as Page
  expect(timeline).toMatchObject([{ type: 'change', after: { userName: 'Ada Lovelace' } }, { type: 'activity' }])
})

describe('rights', () => {
  test('of another environment see nothing of this one, neither what happened nor who did it', async () => {
    const person = await signedIn({ role: 'administrator', environment: island, namespaces: null })
    expect(placesOf((await page({ limit: '500' }, person)).rows)).toEqual(new Set([island]))
    expect((await page({ environment: harbour }, person)).rows).toEqual([])
    expect((await page({ text: 'c3' }, person)).rows).toEqual([])
    const people = await (await call('changes.people', { cookie: person.cookie })).json()
    expect(people).toEqual({ people: ['Bob'] })
  })
  test('of one namespace see that namespace, of both sources', async () => {
    const person = await signedIn({ role: 'viewer', environment: harbour, namespaces: ['red'] })
    const { rows } = await page({ limit: '500' }, person)
    const red = keys.filter((_, n) => n % 2)
    expect(new Set(rows.map(labelOf))).toEqual(new Set(red.flatMap((key) => [`change ${key}`, `Ada Lovelace ${key}`])))
  })
  test('of the fleet see everybody', async () => {
    expect(await (await call('changes.people', { cookie: administrator.cookie })).json()).toEqual({ people: ['Ada Lovelace', 'Bob'] })
  })
  test('of nobody are refused', async () => {
    const { cookie } = await signedIn()
    expect([(await call('changes.list', { cookie })).status, (await call('changes.people', { cookie })).status]).toEqual([403, 403])
  })
})
