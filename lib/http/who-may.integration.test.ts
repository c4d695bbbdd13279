import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import type { Environment } from '../model/environment.ts'
import type { HomeHead } from '../model/home.ts'
import type { FacetCounts, ResourcePage, Ruler } from '../model/inventory.ts'
import { endpoints } from '../operations/index.ts'
import { toldTo } from './fixtures/expected.ts'
import { tryAll, type Ask } from './fixtures/matrix.ts'
import { callOf, needs, operationOf } from './fixtures/needs.ts'
import { makeWorld, type Caller, type World } from './fixtures/world.ts'
import { call } from './test-client.ts'

useDatabase()

let world: World
beforeAll(async () => void (world = await makeWorld()))

it('says of every operation who may do it', () => {
  expect([...new Set(Object.keys(needs).map(operationOf))].toSorted()).toEqual(endpoints.map(({ operation }) => operation.name).toSorted())
})

/** All that an answer tells but its own id. */
const asking =
  (name: string, { headers }: Caller): Ask =>
  async (target) => {
    const response = await call(operationOf(name), { ...callOf(name, target), headers })
    const { 'x-request-id': id = '', ...told } = Object.fromEntries(response.headers)
    return { status: response.status, text: JSON.stringify(told) + (await response.text()).replaceAll(id, '') }
  }

describe.each(Object.entries(needs))('%s', (name, need) => {
  it('is for who may, and tells nobody of what they may not know', { timeout: 60_000 }, async () => {
    const { outcomes, wanted } = await tryAll(need, world, (caller) => asking(name, caller))
    expect(outcomes).toEqual(wanted)
  })
})

it('counts for everybody what they may see, and nothing else', async () => {
  const query = { kind: 'docker/containers' }
  for (const [who, caller] of world.callers) {
    const seen = toldTo(caller, world.words).length
    if (!seen) continue
    const read = async <T>(name: string, asked = {}) => {
      const answer = await call(name, { query: asked, headers: caller.headers })
      const text = await answer.text()
      expect(answer.status, `${who} ${name} ${text}`).toBe(200)
      return JSON.parse(text) as T
    }
    const { head } = await read<ResourcePage>('resources.list', query)
    const facets = await read<FacetCounts[]>('resources.facets', query)
    const { places } = await read<Ruler>('resources.ruler', query)
    const home = await read<{ head: HomeHead }>('home.read')
    const environments = await read<{ rows: Environment[] }>('environments.list')
    const failing = environments.rows.reduce((sum, { counts }) => sum + (counts.failing ?? 0), 0)
    const figures = [head.total, head.unfilteredTotal, places?.total, places?.counts.failing, home.head.failing, failing]
    for (const field of ['environment', 'health', 'images'])
      figures.push(facets.find((one) => one.field === field)?.values.reduce((sum, { count }) => sum + count, 0))
    expect(figures, who).toEqual(figures.map(() => seen))
  }
})
