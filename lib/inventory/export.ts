import { pool } from '../database/index.ts'
import type { ResourceQuery } from '../model/query.ts'
import type { Reference, Row } from '../model/resource.ts'
import type { Scope } from '../model/rights.ts'
import { environmentsOf } from './freshness.ts'
import { orderedList } from './list.ts'
import { placeOf, type Place } from './order.ts'
import { toRow } from './rows.ts'
import { Params } from './sql.ts'
import { sourceOf, whereOf } from './where.ts'
import { readRows } from './window.ts'

const pageSize = 500

/**
 * Every row that matches, in order, whatever the window; read in pages, so that a slow reader holds nothing open.
 * @throws invalid_input for a field that the list does not have · not_found for an unknown kind
 */
export async function* exportRows(query: ResourceQuery, scope: Scope): AsyncGenerator<Row, void, undefined> {
  const source = sourceOf(query)
  const environments = await environmentsOf(source, scope, query.environment, new Date())
  const list = orderedList(
    query,
    source,
    scope,
    environments.map((environment) => Number(environment.id)),
  )
  let last: Place | null = null
  for (;;) {
    const page = await readRows(list, last, pageSize)
    // A page begins with the row that the one before ended with.
    for (const row of page) if (row.id !== last?.id) yield toRow(row)
    const end = page.at(-1)
    if (page.length < pageSize || !end) return
    last = placeOf(list.order, end)
  }
}

/** A resource as a selection keeps it: `uid` tells whether it is still the same life. */
export interface MatchingKey extends Reference {
  id: string
  uid: string
  name: string
  namespace: string | null
}

/**
 * The keys of what matches, at most `limit`, by id: a selection frozen to what the person saw counted.
 * @throws invalid_input for a field that the list does not have · not_found for an unknown kind
 */
export async function matchingKeys(query: ResourceQuery, scope: Scope, limit: number): Promise<MatchingKey[]> {
  const source = sourceOf(query)
  const params = new Params()
  const where = whereOf(query, source, scope, params)
  const { rows } = await pool().query<MatchingKey>(
    `SELECT r.id, r.environment_id::text AS environment, r.kind, r.key, r.uid, r.name, r.namespace
     FROM ${source.from} WHERE ${where} ORDER BY r.id LIMIT ${params.add(limit)}`,
    params.values,
  )
  return rows
}
