import { pool } from '../database/index.ts'
import { healths, rankOf } from '../model/health.ts'
import { ruledHealths, type RuledHealth, type Ruler, type RulerMark, type RulerPlaces } from '../model/inventory.ts'
import type { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { countedRows, countedWhere, countTotal, isCountable } from './counts.ts'
import { environmentsOf } from './freshness.ts'
import { orderKey, setLandmarks, type Landmark } from './landmarks.ts'
import { orderedList } from './list.ts'
import { orderBy } from './order.ts'
import { share, shareMs } from './shared.ts'
import { allOf, Params } from './sql.ts'
import { narrowed, sourceOf, type Source } from './where.ts'
import type { Ordered } from './window.ts'

/** A track has so many slots; each shows the worst of the rows whose places fall into it. */
export const rulerSlots = 200
/** Rows are numbered up to here. A longer list has no marks in an order that its counts do not tell. */
const rulerBound = 100_000
/** What had to be numbered is shared for longer. */
const numberedMs = 5_000

/**
 * Where failing, degraded and moving rows stand among all that match, in the order of the query. Shared between all who
 * ask. In the order of health the counts that are kept tell the places; in any other the rows are numbered.
 * @throws invalid_input for a field that the list does not have · not_found for an unknown kind
 */
export async function readRuler(query: ResourceQuery, scope: Scope, now = new Date()): Promise<Ruler> {
  const source = sourceOf(query)
  const counted = query.sort.field === 'health' && isCountable(query, source)
  const key = orderKey('ruler', query, scope)
  const find = () => (counted ? countPlaces(query, source, scope) : numberPlaces(query, source, scope, now))
  const { value, at } = await share(key, find, counted ? shareMs : numberedMs)
  return { places: value, at }
}

async function countPlaces(query: ResourceQuery, source: Source, scope: Scope): Promise<RulerPlaces> {
  const params = new Params()
  const { base, filtered } = countedWhere(query, source, scope, params)
  const { rows } = await pool().query<{ health: number; count: number }>(
    `SELECT r.health, sum(r.count)::int AS count FROM ${countedRows} WHERE ${base} AND ${filtered} GROUP BY 1`,
    params.values,
  )
  const inOrder = query.sort.descending ? healths.toReversed() : healths
  const places: RulerPlaces = { total: 0, counts: { failing: 0, degraded: 0, moving: 0 }, marks: [] }
  for (const health of inOrder) {
    const count = rows.find((row) => row.health === rankOf(health))?.count ?? 0
    const ruled = ruledHealths.find((one) => one === health)
    if (ruled && count > 0) {
      places.counts[ruled] = count
      places.marks.push({ health: ruled, at: places.total, rows: count })
    }
    places.total += count
  }
  return places
}

/** Neighbours in the order: the first of them, how many they are, and of each health how many and the number of the first, from 1. */
type Stretch = { id: string; values: string[]; rows: number } & Record<RuledHealth, { count: number; first: number }>

/** The places by numbering every row that matches; null when more than `bound` do. */
export async function numberPlaces(
  query: ResourceQuery,
  asked: Source,
  scope: Scope,
  now: Date,
  bound = rulerBound,
): Promise<RulerPlaces | null> {
  const [source, environments] = await Promise.all([narrowed(asked, query.text), environmentsOf(asked, scope, query.environment, now)])
  const ids = environments.map((environment) => Number(environment.id))
  const list = orderedList(query, source, scope, ids)
  const { total } = await countTotal(query, source, scope, now)
  const step = Math.max(1, Math.ceil(total / rulerSlots))
  const stretches: Stretch[] = []
  const landmarks: Landmark[] = []
  let numbered = 0
  for (const index of list.order.segments.keys()) {
    const found = await numberSegment(list, index, step, bound + 1 - numbered)
    stretches.push(...found.map((one) => shifted(one, numbered)))
    for (const { id, values, rows } of found) {
      landmarks.push({ position: numbered, place: { segment: index, id, values } })
      numbered += rows
    }
    if (numbered > bound) return null
  }
  setLandmarks(query, scope, landmarks)
  return { total: numbered, counts: countsOf(stretches), marks: marksOf(stretches, numbered) }
}

/** The rows of one segment, numbered in its order and gathered by `step`. */
async function numberSegment({ source, order, where }: Ordered, index: number, step: number, limit: number): Promise<Stretch[]> {
  const params = new Params()
  const segment = order.segments[index]!
  const condition = allOf([where(params), segment.where])
  const columns = ruledHealths.map((health) => {
    const these = `FILTER (WHERE health = ${rankOf(health)})`
    return `json_build_object('count', count(*) ${these}, 'first', min(n) ${these}) AS ${health}`
  })
  const first = (column: string) => `max(${column}) FILTER (WHERE (n - 1) % ${step} = 0)`
  const values = segment.terms.map((_, i) => first(`term_${i}::text`))
  const { rows } = await pool().query<Stretch>(
    `SELECT count(*)::int AS rows, ${first('id')} AS id, ARRAY[${values.join(', ')}]::text[] AS values, ${columns.join(', ')}
     FROM (SELECT r.id, r.health, ${segment.terms.map((term, i) => `${term.expression} AS term_${i}, `).join('')}row_number() OVER (ORDER BY ${orderBy(segment, order.descending)}) AS n
           FROM ${source.from} WHERE ${condition} LIMIT ${limit}) AS numbered
     GROUP BY (n - 1) / ${step} ORDER BY (n - 1) / ${step}`,
    params.values,
  )
  return rows
}

function shifted(stretch: Stretch, by: number): Stretch {
  const moved = ruledHealths.map((health) => [health, { ...stretch[health], first: stretch[health].first + by }])
  return { ...stretch, ...Object.fromEntries(moved) }
}

const countsOf = (stretches: readonly Stretch[]) =>
  Object.fromEntries(
    ruledHealths.map((health) => [health, stretches.reduce((sum, stretch) => sum + stretch[health].count, 0)]),
  ) as RulerPlaces['counts']

/** The worst row of each slot, and of equal ones the first. */
function marksOf(stretches: readonly Stretch[], total: number): RulerMark[] {
  const slots = new Map<number, RulerMark>()
  for (const health of ruledHealths)
    for (const stretch of stretches) {
      if (stretch[health].count === 0) continue
      const at = stretch[health].first - 1
      const slot = Math.floor((at * rulerSlots) / total)
      if (!slots.has(slot)) slots.set(slot, { health, at, rows: 1 })
    }
  return [...slots.values()].toSorted((a, b) => a.at - b.at)
}
