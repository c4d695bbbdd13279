import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { ResourceQuery, type Sort } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { addEnvironment, addTestKinds, batch, observed, things } from './fixtures/kinds.ts'
import { exportRows, listRows, readRuler, writeBatch } from './index.ts'
import { forgetLandmarks, landmarkBefore } from './landmarks.ts'
import { forgetShared } from './shared.ts'

useDatabase()

const everything: Scope = [{ environment: null, namespaces: null }]
const count = 4_000
const query = (sort: Sort, fraction?: number) => ResourceQuery.parse({ kind: things.name, sort, window: { fraction, before: 3, after: 5 } })

let environment: number
beforeAll(async () => {
  addTestKinds()
  environment = await addEnvironment('harbour')
  const rows = Array.from({ length: count }, (_, i) =>
    observed({
      key: `key ${i}`,
      name: `n${(i * 7) % count}`,
      facts: { project: i % 3 ? `p${i % 11}` : null, restarts: i % 2 ? (i * 13) % 97 : null, privileged: null, tags: null, ports: null },
    }),
  )
  await writeBatch(environment, 1n, batch(rows, { complete: true }), new Date())
})
beforeEach(() => {
  forgetLandmarks()
  forgetShared()
})

async function idsInOrder(sort: Sort): Promise<string[]> {
  const ids: string[] = []
  for await (const row of exportRows(query(sort), everything)) ids.push(row.id)
  return ids
}

const sorts: Sort[] = ['name', 'health', 'project', 'restarts'].flatMap((field) => [
  { field, descending: false },
  { field, descending: true },
])
const fractions = [0.95, 0.51, 0.3, 0.31, 0.66, 0.999, 0.26]

describe('a window by its position', () => {
  test.each(sorts)('is that part of the list, whoever numbered it before: %o', async (sort) => {
    const order = await idsInOrder(sort)
    for (const numbered of [false, true]) {
      forgetLandmarks()
      if (numbered) await readRuler(query(sort), everything)
      for (const fraction of fractions) {
        const { rows, head } = await listRows(query(sort, fraction), everything)
        const place = Math.floor(fraction * count)
        expect(rows.map((row) => row.id)).toEqual(order.slice(place - 3, place + 5))
        expect(head).toMatchObject({ position: place - 3, anchor: order[place] })
      }
    }
  })

  test('counts from where the list was walked or numbered before, and says that it may have moved', async () => {
    const sort: Sort = { field: 'restarts', descending: false }
    const first = await listRows(query(sort, 0.5), everything)
    expect(first.head.positionExact).toBe(true)
    expect(landmarkBefore(query(sort), everything, 2_100)).toMatchObject({ position: 2_000, place: { id: first.head.anchor } })
    expect((await listRows(query(sort, 0.6), everything)).head.positionExact).toBe(false)

    await readRuler(query(sort), everything)
    expect(landmarkBefore(query(sort), everything, 3_999)).toMatchObject({ position: 3_980, place: { segment: 1, values: [] } })
    expect(landmarkBefore(query({ ...sort, descending: true }), everything, 3_999)).toBeUndefined()
    expect(landmarkBefore(query(sort), [{ environment: '0', namespaces: null }], 3_999)).toBeUndefined()
  })
})
