import { countFacets, listRows, readRuler } from '../lib/inventory/index.ts'
import { forgetFound } from '../lib/inventory/found.ts'
import { forgetLandmarks } from '../lib/inventory/landmarks.ts'
import { forgetShared } from '../lib/inventory/shared.ts'
import { ResourceQuery } from '../lib/model/query.ts'
import type { Scope } from '../lib/model/rights.ts'
import { instances } from './fleet.ts'
import { randomOf } from './random.ts'
import { measure, type Measured } from './report.ts'

const everything: Scope = [{ environment: null, namespaces: null }]
const query = (part: Partial<ResourceQuery>): ResourceQuery =>
  ResourceQuery.parse({ kind: instances.name, sort: { field: 'name', descending: false }, ...part })

const texts = [
  'web-api',
  'ledger',
  '10.17.',
  'registry.example.org/mail',
  'team-17',
  'stock-cron-31',
  'media-report',
  ':1.13.6',
  '20177',
  'worker-queue-8',
]

/** Each page as a person gets it, once its total has been counted by whoever asked before, or not. */
export async function measurePages(environmentIds: readonly number[], runs: number): Promise<Measured[]> {
  const target = { p50: 5, p99: 50 }
  const random = randomOf(2)
  const bound: Scope = [{ environment: String(environmentIds[2]), namespaces: ['team-3', 'team-4'] }]
  const page = (name: string, make: (i: number) => ResourceQuery, scope = everything) =>
    measure(name, target, runs, async (i) => void (await listRows(make(i), scope)))
  const results = [
    await page('page by name', () => query({})),
    await page('page by name, one environment', (i) => query({ environment: String(environmentIds[i % environmentIds.length]) })),
  ]
  results.push(
    await page('filter', (i) =>
      query({
        filters: [
          { field: 'status', op: 'is', values: ['exited'] },
          { field: 'project', op: 'is', values: [`web-${i % 50}`] },
        ],
      }),
    ),
  )
  for (const column of instances.columns.filter((one) => one.sortable)) {
    results.push(await page(`sort by ${column.name}`, (i) => query({ sort: { field: column.name, descending: i % 2 === 1 } })))
  }
  const search = (i: number) => query({ text: texts[i % texts.length] })
  results.push(
    await page('search, the first for a text', (i) => {
      forgetFound()
      forgetShared()
      return search(i)
    }),
    await page('search again: scrolled, or live', search),
  )
  results.push(await page('person bound to a namespace', () => query({ sort: { field: 'health', descending: false } }), bound))
  results.push(await page('window at an anchor in the middle', await middle(random, runs)))
  const dragged = (field: string) =>
    query({ sort: { field, descending: true }, window: { fraction: 0.3 + random() * 0.4, before: 50, after: 50 } })
  for (const field of ['name', 'health', 'memory', 'project']) {
    // The ruler stands beside every list that has a scroll bar, and is asked for first.
    await readRuler(dragged(field), everything)
    results.push(await page(`scroll bar dragged to the middle, by ${field}`, () => dragged(field)))
  }
  results.push(
    await measure('the same, when nobody asked for the ruler before', { p50: 50, p99: 50 }, runs, async () => {
      forgetLandmarks()
      await listRows(dragged('name'), everything)
    }),
  )
  const facets = (name: string, make: (i: number) => ResourceQuery, scope = everything) =>
    measure(name, target, runs, async (i) => {
      await countFacets(make(i), scope)
    })
  results.push(await facets('facets', () => query({})))
  results.push(await facets('facets, filtered', () => query({ filters: [{ field: 'status', op: 'is', values: ['exited'] }] })))
  results.push(
    await measure('facets counted anew, every 2 s at most', { p50: 50, p99: 50 }, Math.min(runs, 20), async () => {
      forgetShared()
      await countFacets(query({}), everything)
    }),
    await measure('ruler in the order of health, every 2 s at most', target, Math.min(runs, 20), async () => {
      forgetShared()
      await readRuler(query({ sort: { field: 'health', descending: false } }), everything)
    }),
    await measure('ruler in another order, every 5 s at most', { p50: 250, p99: 500 }, Math.min(runs, 20), async () => {
      forgetShared()
      await readRuler(query({}), everything)
    }),
  )
  return results
}

/** Queries around rows of the middle, found by fractions beforehand. */
async function middle(random: () => number, runs: number): Promise<(i: number) => ResourceQuery> {
  const anchors: string[] = []
  for (let i = 0; i < Math.min(runs, 20); i++) {
    const { head } = await listRows(query({ window: { fraction: 0.3 + random() * 0.4, before: 0, after: 1 } }), everything)
    anchors.push(head.anchor!)
  }
  return (i) => query({ window: { anchor: anchors[i % anchors.length], before: 50, after: 50 } })
}
