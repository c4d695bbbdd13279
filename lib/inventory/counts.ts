import { pool } from '../database/index.ts'
import { healths } from '../model/health.ts'
import type { HealthCount } from '../model/inventory.ts'
import type { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { environmentNumber, filterCondition } from './filters.ts'
import { fieldOf } from './fields.ts'
import { share, sharedKey, shareMs } from './shared.ts'
import { allOf, Params } from './sql.ts'
import { isAllFound, scopeCondition, whereOf, type Source } from './where.ts'

/** Counted on demand up to here; beyond it a total is "10,000+". */
export const countBound = 10_000

/** Fields whose every count is kept: the columns of the table `counts`. */
export const countedFields = ['environment', 'namespace', 'health'] as const
const isCounted = (name: string) => (countedFields as readonly string[]).includes(name)

/** Whether the table `counts` can tell: no text, and filters on nothing but what it is kept by. */
export const isCountable = (query: ResourceQuery, source: Source): boolean =>
  !source.events && !query.text?.trim() && query.filters.every((filter) => isCounted(filter.field))

/** Conditions of a countable query over `counts AS r`, where '' is no namespace. */
export function countedWhere(query: ResourceQuery, source: Source, scope: Scope, params: Params): { base: string; filtered: string } {
  const base = [`r.kind = ANY(${params.add(source.kinds.map((kind) => kind.name))})`, scopeCondition(scope, params)]
  if (query.environment !== undefined) base.push(`r.environment_id = ${params.add(environmentNumber(query.environment))}::int`)
  const filters = query.filters.filter((filter) => isCounted(filter.field))
  return { base: allOf(base), filtered: allOf(filters.map((filter) => filterCondition(fieldOf(filter.field, []), filter, params))) }
}

/** The table `counts` as `r`; what has no namespace must not be within anybody's list of namespaces. */
export const countedRows = `(SELECT environment_id, kind, nullif(namespace, '') AS namespace, health, count FROM counts) AS r`

export interface Total {
  total: number
  exact: boolean
  /** ISO 8601. */
  at: string
  /** Null: of this very moment. */
  recountAfterMs: number | null
  unfiltered: number
}

/** How many rows match, and how many there are without text and filters. */
export async function countTotal(query: ResourceQuery, source: Source, scope: Scope, now: Date): Promise<Total> {
  if (source.events) {
    const counted = await countOnDemand(query, source, scope)
    const all = await countOnDemand({ ...query, text: undefined, filters: [] }, source, scope)
    return { ...counted, unfiltered: all.total }
  }
  const [kept, counted] = await Promise.all([
    keptTotals(query, source, scope),
    isCountable(query, source) ? null : (foundTotal(query, source, scope, now) ?? countOnDemand(query, source, scope)),
  ])
  return { ...(counted ?? { total: kept.filtered, exact: true, at: now.toISOString(), recountAfterMs: null }), unfiltered: kept.all }
}

/** Who searches everything for nothing but a text has just found all of it; null: it must be counted. */
function foundTotal(query: ResourceQuery, source: Source, scope: Scope, now: Date): Omit<Total, 'unfiltered'> | null {
  const count = source.found?.count ?? null
  if (count === null || !isAllFound(query, scope)) return null
  return { total: count, exact: true, at: now.toISOString(), recountAfterMs: shareMs }
}

async function keptTotals(query: ResourceQuery, source: Source, scope: Scope): Promise<{ filtered: number; all: number }> {
  const params = new Params()
  const { base, filtered } = countedWhere(query, source, scope, params)
  const { rows } = await pool().query<{ filtered: string; all: string }>(
    `SELECT coalesce(sum(r.count) FILTER (WHERE ${filtered}), 0) AS filtered, coalesce(sum(r.count), 0) AS all FROM ${countedRows} WHERE ${base}`,
    params.values,
  )
  return { filtered: Number(rows[0]!.filtered), all: Number(rows[0]!.all) }
}

async function countOnDemand(query: ResourceQuery, source: Source, scope: Scope): Promise<Omit<Total, 'unfiltered'>> {
  const { value, at, renewAfterMs } = await share(sharedKey('total', query, scope), async () => {
    const params = new Params()
    const where = whereOf(query, source, scope, params)
    const { rows } = await pool().query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT FROM ${source.from} WHERE ${where} LIMIT ${countBound + 1}) AS bounded`,
      params.values,
    )
    return rows[0]!.count
  })
  return { total: Math.min(value, countBound), exact: value <= countBound, at, recountAfterMs: renewAfterMs }
}

/** How many rows of each environment and kind are in which health, within the scope. */
export async function countHealth(scope: Scope): Promise<HealthCount[]> {
  const params = new Params()
  const { rows } = await pool().query<{ environment_id: number; kind: string; health: number; count: number }>(
    `SELECT r.environment_id, r.kind, r.health, sum(r.count)::int AS count FROM ${countedRows}
     WHERE ${scopeCondition(scope, params)} GROUP BY 1, 2, 3 HAVING sum(r.count) > 0 ORDER BY 1, 2, 3`,
    params.values,
  )
  return rows.map((row) => ({ environment: String(row.environment_id), kind: row.kind, health: healths[row.health]!, count: row.count }))
}
