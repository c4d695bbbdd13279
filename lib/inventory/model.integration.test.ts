import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { pool } from '../database/index.ts'
import type { Batch, Kind } from '../engines/engine.ts'
import { healths } from '../model/health.ts'
import { ResourceQuery } from '../model/query.ts'
import type { Summary } from '../model/resource.ts'
import type { Scope } from '../model/rights.ts'
import { addEnvironment, addTestKinds, observed, others, things } from './fixtures/kinds.ts'
import { facetNaively, listNaively, NaiveInventory, type NaiveRow } from './fixtures/naive.ts'
import { countFacets, countHealth, exportRows, listRows, matchingKeys, writeBatch } from './index.ts'
import { addKinds } from './kinds.ts'
import { forgetShared } from './shared.ts'

useDatabase()

/** No engine has kinds of it: a list of a category has the fields that all of its kinds have. */
const testCategory = 'test' as Kind['category']

let environments: number[]
beforeAll(async () => {
  addTestKinds()
  addKinds([things, others].map((kind) => ({ ...kind, category: testCategory })))
  // By name they come in another order than by id.
  environments = [await addEnvironment('zulu'), await addEnvironment('Alpha')]
})

const few = <T>(...values: T[]) => fc.constantFrom(...values)
const word = few('web', 'Web', 'web-api', 'api', '100%', 'a_b', "o'clock", 'back\\slash', 'été', 'x\u0000y', 'w')
const instants = few(null, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.001Z')
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const summaries: fc.Arbitrary<Partial<Summary> & { key: string }> = fc.record({
  key: fc.integer({ min: 0, max: 14 }).map((n) => `key ${n}`),
  uid: few('first life', 'second life'),
  name: word,
  namespace: few(null, 'a', 'b', ''),
  health: few(...healths),
  since: instants,
  createdAt: instants,
  images: fc.array(few('nginx:1', 'redis:7'), { maxLength: 2 }),
  labels: few<Record<string, string>>({}, { app: 'web' }, { app: 'api', tier: '100%' }),
  searchTerms: fc.array(few('10.0.0.1', 'abcdef', "it's"), { maxLength: 2 }),
  facts: fc.record({
    project: optional(few('shop', 'Shop', 'blog', '')),
    restarts: optional(few(0, 3, 3.5, 20)),
    privileged: optional(fc.boolean()),
    tags: optional(fc.array(few('x', 'y', 'Y'), { maxLength: 3 })),
    ports: optional(fc.array(few({ port: 80, hostPort: 8080 }, { port: 443, hostPort: null }), { maxLength: 2 })),
  }),
})
const batches = fc.array(
  fc.record({
    environment: few(0, 1),
    kind: few(things.name, others.name),
    upserts: fc.array(summaries.map(observed), { maxLength: 12 }),
    deletes: fc.array(
      fc.integer({ min: 0, max: 14 }).map((n) => `key ${n}`),
      { maxLength: 3 },
    ),
    complete: few(false, false, true),
  }),
  { minLength: 1, maxLength: 6 },
)

const filter = (field: string, ops: string[], values: string[]) =>
  fc.record({ field: fc.constant(field), op: few(...ops), values: fc.uniqueArray(few(...values), { minLength: 1, maxLength: 2 }) })
const sets = ['is', 'in', 'not']
const thingFilters = [
  filter('health', sets, ['failing', 'degraded', 'healthy', 'stopped']),
  filter('namespace', sets, ['a', 'b', '']),
  filter('name', [...sets, 'has'], ['web', 'WEB', '%', '_', "'", '\\']),
  filter('since', ['gt', 'lt'], ['2026-01-02T00:00:00.000Z']),
  filter('project', [...sets, 'has'], ['shop', 'Shop', '']),
  filter('restarts', [...sets, 'gt', 'lt'], ['3', '4', '0']),
  filter('privileged', sets, ['true', '']),
  filter('images', [...sets, 'has'], ['nginx:1', 'redis:7']),
  filter('tags', [...sets, 'has'], ['x', 'y', 'Y', 'z']),
  filter('ports', ['is', 'has'], ['80', '8080', '443']),
  filter('label.app', [...sets, 'has'], ['web', 'api', '']),
]
const text = few(undefined, undefined, 'w', 'we', 'web', 'WEB api', '00%', 'a_b', "it's", 'back\\', '\u0000', '10.0.0', 'nothing')
const queries = fc
  .record({
    byCategory: few(false, false, true),
    environment: few(undefined, undefined, 0, 1),
    text,
    filters: fc.array(fc.oneof(...thingFilters), { maxLength: 2 }),
    sort: few(
      'name',
      'health',
      'namespace',
      'environment',
      'createdAt',
      'since',
      'project',
      'restarts',
      'privileged',
      'images',
      'tags',
      'ports',
    ),
    descending: fc.boolean(),
  })
  .map(({ byCategory, environment, filters, sort, descending, ...rest }) => {
    // A list of several kinds has only the fields that all of them have.
    const shared = (field: string) => !byCategory || !['restarts', 'privileged', 'tags', 'ports'].includes(field)
    return {
      ...ResourceQuery.parse({
        kind: things.name,
        text: rest.text,
        filters: filters.filter((one) => shared(one.field)),
        sort: { field: shared(sort) ? sort : 'name', descending },
      }),
      // One that only this test's kinds have, and so no query of a person.
      ...(byCategory && { kind: undefined, category: testCategory }),
      at: environment,
    }
  })
const everything: Scope = [{ environment: null, namespaces: null }]
const scopes = few(0, 1, 2, 3, 4).map((n) => (): Scope => {
  const [zulu, alpha] = environments.map(String)
  return [
    everything,
    [],
    [{ environment: zulu!, namespaces: ['a'] }],
    [
      { environment: alpha!, namespaces: null },
      { environment: zulu!, namespaces: ['b'] },
    ],
    [{ environment: null, namespaces: ['a', 'b'] }],
  ][n]!
})

async function fill(
  written: { environment: number; kind: string; upserts: Batch['upserts']; deletes: string[]; complete: boolean }[],
): Promise<NaiveRow[]> {
  await pool().query('TRUNCATE resources, documents, search, counts, cursors, changes')
  const naive = new NaiveInventory()
  for (const { environment, ...batch } of written) {
    await writeBatch(environments[environment]!, 1n, { ...batch, cursor: null }, new Date())
    naive.write(environments[environment]!, { ...batch, cursor: null })
  }
  const { rows } = await pool().query<{ id: string; place: string }>(
    `SELECT id, concat_ws(E'\\n', environment_id, kind, key) AS place FROM resources`,
  )
  expect(rows.map((row) => row.place).toSorted()).toEqual([...naive.rows.keys()].toSorted())
  forgetShared()
  return rows.map((row) => ({ ...naive.rows.get(row.place)!, id: Number(row.id) }))
}

const kindsOf = (query: ResourceQuery) => (query.kind ? [query.kind] : [things.name, others.name])
const byName = () => [environments[1]!, environments[0]!].map(String)

/** All rows of a list, window by window, each hanging on the last row of the one before. */
async function walk(query: ResourceQuery, scope: Scope, total: number): Promise<string[]> {
  const ids: string[] = []
  for (let anchor: string | undefined; ;) {
    const page = await listRows({ ...query, window: { anchor, before: 0, after: 4 } }, scope)
    expect(page.head).toMatchObject({ total, totalExact: true, position: Math.max(0, ids.length - 1), positionExact: true })
    ids.push(...page.rows.map((row) => row.id).filter((id) => id !== anchor))
    const last = page.rows.at(-1)?.id
    if (page.rows.length < 4 || last === anchor) return ids
    anchor = last
  }
}

describe('the inventory is what a list in memory would be', () => {
  test('lists, windows, totals, facets and selections', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.tuple(queries, scopes), { minLength: 5, maxLength: 5 }), async (written, asked) => {
        const all = await fill(written)
        for (const [{ at, ...query }, scopeOf] of asked) {
          const scope = scopeOf()
          if (at !== undefined) query.environment = String(environments[at])
          const expected = listNaively(all, query, scope, kindsOf(query), byName()).map((row) => String(row.id))
          const exported: string[] = []
          for await (const row of exportRows(query, scope)) exported.push(row.id)
          expect(exported).toEqual(expected)
          expect(await walk(query, scope, expected.length)).toEqual(expected)
          expect((await matchingKeys(query, scope, 1_000)).map((one) => one.id)).toEqual(expected.toSorted((a, b) => Number(a) - Number(b)))
          for (const facet of await countFacets(query, scope)) {
            const without = { ...query, filters: query.filters.filter((one) => one.field !== facet.field) }
            const rows = listNaively(all, without, scope, kindsOf(query), byName())
            expect({ [facet.field]: Object.fromEntries(facet.values.map(({ value, count }) => [value, count])) }).toEqual({
              [facet.field]: facetNaively(rows, facet.field),
            })
          }
        }
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  test('a window around any row or at any fraction is that part of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        batches,
        queries,
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.nat({ max: 5 }),
        fc.nat({ max: 5 }),
        async (written, { at: _, ...query }, fraction, before, after) => {
          const all = await fill(written)
          const expected = listNaively(all, query, everything, kindsOf(query), byName()).map((row) => String(row.id))
          const place = Math.min(Math.floor(fraction * expected.length), Math.max(0, expected.length - 1))
          const part = expected.slice(Math.max(0, place - before), place + after)
          const dragged = await listRows({ ...query, window: { fraction, before, after } }, everything)
          expect(dragged.rows.map((row) => row.id)).toEqual(part)
          expect(dragged.head.anchor).toBe(expected[place] ?? null)
          if (expected[place] === undefined) return
          const anchored = await listRows({ ...query, window: { anchor: expected[place], before, after } }, everything)
          expect(anchored.rows.map((row) => row.id)).toEqual(part)
          if (part.length)
            expect(anchored.head).toMatchObject({ position: Math.max(0, place - before), positionExact: true, anchor: expected[place] })
        },
      ),
      { numRuns: 30 },
    )
  }, 120_000)

  test('counts are what counting would say', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (written) => {
        await fill(written)
        const { rows: kept } = await pool().query(
          `SELECT environment_id, kind, namespace, health, count::int FROM counts WHERE count <> 0 ORDER BY 1, 2, 3, 4`,
        )
        const { rows: counted } = await pool().query(
          `SELECT environment_id, kind, coalesce(namespace, '') AS namespace, health, count(*)::int FROM resources GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
        )
        expect(kept).toEqual(counted)
        const total = (await countHealth(everything)).reduce((sum, one) => sum + one.count, 0)
        expect(total).toBe(counted.reduce((sum, row) => sum + row.count, 0))
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})
