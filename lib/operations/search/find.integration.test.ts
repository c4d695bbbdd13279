import { beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { call, signedIn, type Person } from '../../http/test-client.ts'
import type { SearchAnswer } from '../../model/search.ts'
import { addDocker, see } from '../fixtures/fleet.ts'

useDatabase()

let harbour: string
let island: string
let administrator: Person

beforeAll(async () => {
  harbour = await addDocker('harbour')
  island = await addDocker('island')
  const silent = await addDocker('lagoon', 'stale')
  await addDocker('moored', 'paused')
  administrator = await signedIn({ role: 'administrator', environment: null, namespaces: null })
  await see(harbour, [
    { key: 'old-web', namespace: 'red' },
    { key: 'web-1', namespace: 'blue' },
    { key: 'web', namespace: 'red' },
    { key: 'proxy', namespace: 'blue', images: ['registry.local/web:2'], labels: { team: 'packing' } },
  ])
  await see(island, [{ key: 'web-of-the-island' }])
  await see(silent, [{ key: 'web-of-the-lagoon' }])
})

const find = async (q: string, { cookie }: Person = administrator) =>
  (await (await call('search.find', { query: { q }, cookie })).json()) as SearchAnswer
const names = ({ hits }: SearchAnswer) => hits.map(({ name }) => name)

test('the exact name comes first, then names that begin with it, then those that hold it, then the rest', async () => {
  const found = await find('web')
  expect(names(found)).toEqual(['web', 'web-1', 'web-of-the-island', 'web-of-the-lagoon', 'old-web', 'proxy'])
  expect(found.more).toBe(false)
  expect(found.hits.at(-1)?.matched).toMatchObject({ field: 'images', text: 'registry.local/web:2' })
  expect((await find('packing')).hits[0]?.matched).toMatchObject({ field: 'labels', text: 'team=packing' })
})

test('what could only be searched as it was known is named with its reason', async () => {
  expect((await find('nothing is called so')).notCovered.map(({ name, reason }) => [name, reason.code])).toEqual([
    ['lagoon', 'search_stale'],
    ['moored', 'search_paused'],
  ])
})

test('people of one environment find nothing of another, and are told of no other', async () => {
  const person = await signedIn({ role: 'viewer', environment: island, namespaces: null })
  const found = await find('web', person)
  expect(names(found)).toEqual(['web-of-the-island'])
  expect(found.notCovered).toEqual([])
})

test('people of one namespace find what is in it', async () => {
  expect(names(await find('web', await signedIn({ role: 'viewer', environment: harbour, namespaces: ['red'] })))).toEqual([
    'web',
    'old-web',
  ])
})

test('nothing to search for is refused, and so is who sees nothing at all', async () => {
  expect((await call('search.find', { query: { q: '  ' }, cookie: administrator.cookie })).status).toBe(400)
  expect((await call('search.find', { query: { q: 'web' }, cookie: (await signedIn()).cookie })).status).toBe(403)
})
