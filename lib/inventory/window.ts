import { pool } from '../database/index.ts'
import type { Landmark } from './landmarks.ts'
import { beside, orderBy, placeColumns, placeOf, type Order, type Place } from './order.ts'
import { rowColumns, type StoredRow } from './rows.ts'
import { allOf, Params } from './sql.ts'
import type { Source } from './where.ts'

/** A filtered list in its order; `where` writes its conditions into a statement. */
export interface Ordered {
  source: Source
  order: Order
  where(params: Params): string
}
export type PlacedRow = StoredRow & { place_segment: number | null; place_values: string[] }

const segmentsFrom = ({ order }: Ordered, place: Place | null, backwards: boolean): number[] => {
  const all = order.segments.map((_, i) => i)
  if (backwards) return all.filter((i) => !place || i <= place.segment).toReversed()
  return all.filter((i) => !place || i >= place.segment)
}

/** The condition of one segment: all of it, or the part of it on one side of `place`. */
function segmentCondition({ order }: Ordered, index: number, place: Place | null, backwards: boolean, params: Params): string {
  const segment = order.segments[index]!
  if (place?.segment !== index) return segment.where
  return beside(segment, order.descending, place, backwards ? 'before' : 'from', params)
}

/**
 * Up to `limit` rows in the direction asked for: from `place` on (itself included), backwards what is before it,
 * nearest first. Without a place from the very start, backwards from the very end.
 */
export async function readRows(list: Ordered, place: Place | null, limit: number, backwards = false): Promise<PlacedRow[]> {
  const found: PlacedRow[] = []
  for (const index of segmentsFrom(list, place, backwards)) {
    if (found.length >= limit) break
    const params = new Params()
    const condition = allOf([list.where(params), segmentCondition(list, index, place, backwards, params)])
    const { rows } = await pool().query<PlacedRow>(
      `SELECT ${rowColumns}, ${placeColumns(list.order)} FROM ${list.source.from} WHERE ${condition}
       ORDER BY ${orderBy(list.order.segments[index]!, list.order.descending, backwards)} LIMIT ${limit - found.length}`,
      params.values,
    )
    found.push(...rows)
  }
  return found
}

/** The place of a row that is, or was a moment ago, in the list: it need not match the filters, but it must be in scope. */
export async function findPlace(list: Ordered, id: string, scoped: (params: Params) => string): Promise<Place | null> {
  const params = new Params()
  const { rows } = await pool().query<PlacedRow>(
    `SELECT r.id, ${placeColumns(list.order)} FROM ${list.source.from} WHERE r.id = ${params.add(id)}::bigint AND (${scoped(params)})`,
    params.values,
  )
  return rows[0] ? placeOf(list.order, rows[0]) : null
}

/** The place of the row at a position, walking from a landmark before it, else from the nearer end. Null when there are fewer rows. */
export async function placeAt(list: Ordered, position: number, total: number, landmark?: Landmark): Promise<Place | null> {
  const backwards = !landmark && position > total / 2
  const start = landmark?.place ?? null
  let offset = backwards ? Math.max(0, total - 1 - position) : position - (landmark?.position ?? 0)
  for (const index of segmentsFrom(list, start, backwards)) {
    const params = new Params()
    const condition = allOf([list.where(params), segmentCondition(list, index, start, backwards, params)])
    const by = orderBy(list.order.segments[index]!, list.order.descending, backwards)
    const { rows } = await pool().query<PlacedRow>(
      `SELECT r.id, ${placeColumns(list.order)} FROM ${list.source.from} WHERE ${condition} ORDER BY ${by} LIMIT 1 OFFSET ${offset}`,
      params.values,
    )
    if (rows[0]) return placeOf(list.order, rows[0])
    if (list.order.segments.length > 1) offset -= await countSegment(list, condition, params)
  }
  return null
}

async function countSegment(list: Ordered, condition: string, params: Params): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${list.source.from} WHERE ${condition}`,
    params.values,
  )
  return rows[0]!.count
}

/** Positions are counted up to here; beyond it the planner's estimate has to do. */
export const positionBound = 1_000

/** How many rows are before a place. */
export async function countBefore(list: Ordered, place: Place): Promise<{ position: number; exact: boolean }> {
  let position = 0
  for (const index of segmentsFrom(list, place, true)) {
    const params = new Params()
    const condition = allOf([list.where(params), segmentCondition(list, index, place, true, params)])
    const bound = positionBound + 1 - position
    const { rows } = await pool().query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT FROM ${list.source.from} WHERE ${condition}
       ORDER BY ${orderBy(list.order.segments[index]!, list.order.descending, true)} LIMIT ${bound}) AS bounded`,
      params.values,
    )
    position += rows[0]!.count
    if (position > positionBound) return { position: await estimateBefore(list, place), exact: false }
  }
  return { position, exact: true }
}

/** How many rows the planner expects; asking it takes a fraction of a millisecond, however many there are. */
async function estimateRows(sql: string, params: Params): Promise<number> {
  const { rows } = await pool().query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(`EXPLAIN (FORMAT JSON) ${sql}`, params.values)
  return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
}

async function estimateBefore(list: Ordered, place: Place): Promise<number> {
  let position = 0
  for (const index of segmentsFrom(list, place, true)) {
    const params = new Params()
    const condition = allOf([list.where(params), segmentCondition(list, index, place, true, params)])
    position += await estimateRows(`SELECT FROM ${list.source.from} WHERE ${condition}`, params)
  }
  return Math.max(position, positionBound + 1)
}
