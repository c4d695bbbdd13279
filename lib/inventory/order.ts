import type { Sort } from '../model/query.ts'
import { fieldOf, sortTerms, type Term } from './fields.ts'
import { allOf, type Params } from './sql.ts'
import type { Source } from './where.ts'

/**
 * A total order of a list: its segments one after the other, each sorted by its terms and then by id. Rows without a
 * value are a segment of their own at the end, so that "missing last" needs no other index than "by value".
 */
export interface Order {
  descending: boolean
  segments: readonly Segment[]
}
export interface Segment {
  /** Which rows are in it, over `r`. */
  where: string
  terms: readonly Term[]
  /** What is the same for all of its rows, and stands before them in an index, which the planner would not use for `id` alone. */
  constant?: string
}

/** Where a row stands in an order: its segment, and its values as text, exact to the last digit. */
export interface Place {
  segment: number
  id: string
  values: readonly string[]
}

/**
 * The order that a query asks for. `environments` are the ids of the environments by name: sorted by environment, a
 * list is one segment for each.
 */
export function orderOf(sort: Sort, source: Source, environments: readonly number[]): Order {
  const field = fieldOf(sort.field, source.kinds)
  const terms = sortTerms(field)
  const descending = sort.descending
  if (field.type === 'environment') {
    const ids = descending ? environments.toReversed() : environments
    return { descending, segments: ids.map((id) => ({ where: `r.environment_id = ${id}`, terms: [] })) }
  }
  if (!field.nullable) return { descending, segments: [{ where: 'true', terms }] }
  const first = terms[0]!.expression
  return {
    descending,
    segments: [
      { where: `${first} IS NOT NULL`, terms },
      { where: `${first} IS NULL`, terms: [], constant: first },
    ],
  }
}

/** `ORDER BY` within a segment; backwards is its exact reverse. */
export function orderBy(segment: Segment, descending: boolean, backwards = false): string {
  const direction = descending === backwards ? 'ASC' : 'DESC'
  const terms = segment.terms.map((term) => term.expression)
  return [...(segment.constant ? [segment.constant] : []), ...terms, 'r.id'].map((expression) => `${expression} ${direction}`).join(', ')
}

/** What stands before (`before`) or from here on (`from`) in the segment of `place`. */
export function beside(segment: Segment, descending: boolean, place: Place, side: 'before' | 'from', params: Params): string {
  const row = [...segment.terms.map((term) => term.expression), 'r.id']
  const values = [...segment.terms.map((term, i) => `${params.add(place.values[i])}::${term.type}`), `${params.add(place.id)}::bigint`]
  const operator = side === 'from' ? (descending ? '<=' : '>=') : descending ? '>' : '<'
  return allOf([segment.where, `(${row.join(', ')}) ${operator} (${values.join(', ')})`])
}

/** Columns that tell a row's place; read them back with `placeOf`. */
export function placeColumns(order: Order): string {
  const segment = order.segments.map((s, i) => `WHEN ${s.where} THEN ${i}`).join(' ')
  const terms = order.segments[0]?.terms ?? []
  const values = terms.map((term) => `(${term.expression})::text`).join(', ')
  return `CASE ${segment} END AS place_segment, ARRAY[${values}]::text[] AS place_values`
}

/** Null for a row that is nowhere in the order (its environment is not among the listed ones). */
export function placeOf(order: Order, row: { id: string; place_segment: number | null; place_values: string[] }): Place | null {
  if (row.place_segment === null) return null
  const { terms } = order.segments[row.place_segment]!
  return { segment: row.place_segment, id: row.id, values: terms.map((_, i) => row.place_values[i]!) }
}
