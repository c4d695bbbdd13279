import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { pool } from '../database/index.ts'
import { healths, type Health } from '../model/health.ts'
import { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { addEnvironment, addTestKinds, batch, observed, things } from './fixtures/kinds.ts'
import { exportRows, readRuler, writeBatch } from './index.ts'
import { numberPlaces, rulerSlots } from './ruler.ts'
import { forgetShared } from './shared.ts'
import { sourceOf } from './where.ts'

useDatabase()

const everything: Scope = [{ environment: null, namespaces: null }]
const ruled = ['failing', 'degraded', 'moving']
const query = (part: Partial<ResourceQuery>) => ResourceQuery.parse({ kind: things.name, ...part })
const sortedBy = (field: string, descending = false) => query({ sort: { field, descending } })

let environment: number
beforeAll(async () => {
  addTestKinds()
  environment = await addEnvironment('harbour')
})

/** Rows named `n0000`, `n0001` …; every tenth has no project. */
async function write(healthOf: (i: number) => Health, count: number): Promise<void> {
  await pool().query('TRUNCATE resources, documents, search, counts, cursors, changes')
  const rows = Array.from({ length: count }, (_, i) =>
    observed({
      key: `key ${i}`,
      name: `n${String(i).padStart(4, '0')}`,
      namespace: i % 2 ? 'a' : 'b',
      health: healthOf(i),
      facts: { project: i % 10 ? `p${(i * 7) % 13}` : null, restarts: null, privileged: null, tags: null, ports: null },
    }),
  )
  await writeBatch(environment, 1n, batch(rows, { complete: true }), new Date())
  forgetShared()
}

async function healthsInOrder(asked: ResourceQuery, scope: Scope): Promise<Health[]> {
  const found: Health[] = []
  for await (const row of exportRows(asked, scope)) found.push(row.health)
  return found
}

describe('the ruler marks what is failing, degraded and moving', () => {
  test.each([
    sortedBy('health'),
    sortedBy('health', true),
    sortedBy('name', true),
    sortedBy('project'),
    sortedBy('environment'),
    query({ sort: { field: 'health', descending: false }, text: 'n00' }),
    query({ sort: { field: 'name', descending: false }, filters: [{ field: 'namespace', op: 'is', values: ['a'] }] }),
  ])('row by row where there is a slot for each: %o', async (asked) => {
    await write((i) => healths[(i * 5) % 7]!, 90)
    const order = await healthsInOrder(asked, everything)
    const { places } = await readRuler(asked, everything)
    expect(places!.total).toBe(order.length)
    for (const health of ruled) expect(places!.counts).toMatchObject({ [health]: order.filter((one) => one === health).length })
    const marked = places!.marks.flatMap(({ health, at, rows }) => Array.from({ length: rows }, (_, i) => [at + i, health]))
    expect(marked).toEqual([...order.entries()].filter(([, health]) => ruled.includes(health)))
  })

  test('by the worst of each slot in a long list, at the very row', async () => {
    await write((i) => (i === 1_234 ? 'failing' : i % 2 ? 'moving' : 'healthy'), 2_000)
    const { places } = await readRuler(sortedBy('name'), everything)
    expect(places).toMatchObject({ total: 2_000, counts: { failing: 1, degraded: 0, moving: 1_000 } })
    expect(places!.marks).toHaveLength(rulerSlots)
    expect(places!.marks.filter(({ health }) => health === 'failing')).toEqual([{ health: 'failing', at: 1_234, rows: 1 }])
    expect(places!.marks[0]).toEqual({ health: 'moving', at: 1, rows: 1 })
  })

  test('for nobody who may not see them', async () => {
    await write((i) => (i === 4 ? 'failing' : 'healthy'), 10)
    const scope: Scope = [{ environment: String(environment), namespaces: ['a'] }]
    for (const field of ['health', 'name'])
      expect((await readRuler(sortedBy(field), scope)).places).toEqual({
        total: 5,
        counts: { failing: 0, degraded: 0, moving: 0 },
        marks: [],
      })
    expect((await readRuler(sortedBy('name'), everything)).places!.marks).toEqual([{ health: 'failing', at: 4, rows: 1 }])
  })

  test('not at all where more rows match than are numbered', async () => {
    await write((i) => (i < 3 ? 'failing' : 'healthy'), 10)
    const asked = sortedBy('project')
    const within = (bound: number) => numberPlaces(asked, sourceOf(asked), everything, new Date(), bound)
    expect(await within(10)).toMatchObject({ total: 10, counts: { failing: 3 } })
    expect(await within(9)).toBeNull()
  })
})
