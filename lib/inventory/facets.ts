import { pool } from '../database/index.ts'
import { healths } from '../model/health.ts'
import type { FacetCounts } from '../model/inventory.ts'
import type { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { countedFields, countedRows, countedWhere, isCountable } from './counts.ts'
import { fieldOf, type Field } from './fields.ts'
import { elementsOf } from './filters.ts'
import { share, sharedKey } from './shared.ts'
import { literal, Params } from './sql.ts'
import { narrowed, sourceOf, whereOf, type Source } from './where.ts'

/** How many values of a field are named. */
const valuesBound = 50
/** Facets are counted over so many matches; beyond them each count is a lower bound. */
export const facetBound = 10_000

interface Counted {
  field: string
  value: string
  count: number
  scanned: number
}

/**
 * Counts of the values of each facet, among what matches everything but the filters of that facet itself.
 * Shared between all who ask, and up to 2 s old.
 * @throws invalid_input for a field that the list does not have · not_found for an unknown kind
 */
export async function countFacets(query: ResourceQuery, scope: Scope): Promise<FacetCounts[]> {
  const asked = sourceOf(query)
  const { value, at } = await share(sharedKey('facets', query, scope), async () =>
    countAll(query, await narrowed(asked, query.text), scope),
  )
  return value.map((facet) => ({ ...facet, at }))
}

async function countAll(query: ResourceQuery, source: Source, scope: Scope): Promise<Omit<FacetCounts, 'at'>[]> {
  const fields = facetFields(source)
  const answers = await Promise.all(groupsOf(fields, query, source).map((group) => countGroup(group, query, source, scope)))
  const all = answers.flat()
  return fields.map((field) => all.find((facet) => facet.field === field.name)!)
}

function facetFields(source: Source): Field[] {
  const names = new Set(source.events ? ['environment'] : ['environment', 'health'])
  if (source.kinds.some((kind) => kind.namespaced)) names.add('namespace')
  for (const kind of source.kinds) for (const column of kind.columns) if (column.facet) names.add(column.name)
  const shared = (name: string) => source.kinds.every((kind) => kind.columns.some((column) => column.name === name))
  return [...names].filter((name) => isCounted(name) || shared(name)).map((name) => fieldOf(name, source.kinds))
}

const isCounted = (name: string) => (countedFields as readonly string[]).includes(name)

/** Fields that nothing is filtered by see the same rows and are counted in one pass; each filtered one sees its own. */
function groupsOf(fields: readonly Field[], query: ResourceQuery, source: Source): Field[][] {
  const filtered = new Set(query.filters.map((filter) => filter.field))
  const kept = fields.filter((field) => isKept(field, query, source))
  const free = fields.filter((field) => !kept.includes(field) && !filtered.has(field.name))
  const single = fields.filter((field) => kept.includes(field) || filtered.has(field.name))
  return [...(free.length ? [free] : []), ...single.map((field) => [field])]
}

const withoutField = (query: ResourceQuery, name: string): ResourceQuery => ({
  ...query,
  filters: query.filters.filter((filter) => filter.field !== name),
})
const isKept = (field: Field, query: ResourceQuery, source: Source) =>
  isCounted(field.name) && isCountable(withoutField(query, field.name), source)

async function countGroup(group: Field[], query: ResourceQuery, source: Source, scope: Scope): Promise<Omit<FacetCounts, 'at'>[]> {
  const params = new Params()
  const only = group.length === 1 ? group[0]! : undefined
  const kept = only && isKept(only, query, source)
  const sql = kept ? keptSql(only, query, source, scope, params) : scanSql(group, whereOf(query, source, scope, params, only?.name), source)
  const { rows } = await pool().query<Counted>(sql, params.values)
  return group.map(({ name }) => {
    const values = rows.filter((row) => row.field === name).map((row) => ({ value: shown(name, row.value), count: row.count }))
    return { field: name, values, exact: (rows[0]?.scanned ?? 0) <= facetBound }
  })
}

const shown = (field: string, value: string) => (field === 'health' ? (healths[Number(value)] ?? value) : value)

function keptSql(field: Field, query: ResourceQuery, source: Source, scope: Scope, params: Params): string {
  const { base, filtered } = countedWhere(withoutField(query, field.name), source, scope, params)
  return `SELECT ${literal(field.name)} AS field, coalesce((${field.value})::text, '') AS value, sum(r.count)::int AS count, 0 AS scanned
    FROM ${countedRows} WHERE ${base} AND ${filtered} GROUP BY 2 HAVING sum(r.count) > 0 ORDER BY 3 DESC, 2 LIMIT ${valuesBound}`
}

function scanSql(group: readonly Field[], where: string, source: Source): string {
  const columns = group.map((field, i) => `${field.value} AS f${i}`).join(', ')
  const parts = group.map((field, i) => `(${groupSql(field, `f${i}`)})`)
  return `WITH matching AS MATERIALIZED (SELECT ${columns} FROM ${source.from} WHERE ${where} LIMIT ${facetBound + 1}),
    scanned AS (SELECT count(*)::int AS scanned FROM matching)
    SELECT counted.*, scanned FROM (${parts.join(' UNION ALL ')}) AS counted, scanned`
}

/** Equal lists are counted before they are taken apart: there are few different ones. */
function groupSql(field: Field, column: string): string {
  const name = literal(field.name)
  if (field.type !== 'list') {
    return `SELECT ${name} AS field, coalesce(r.${column}::text, '') AS value, count(*)::int AS count FROM matching AS r GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${valuesBound}`
  }
  return `SELECT ${name} AS field, coalesce(l.element, '') AS value, sum(r.count)::int AS count
    FROM (SELECT ${column} AS list, count(*) AS count FROM matching GROUP BY 1) AS r
    LEFT JOIN LATERAL (SELECT DISTINCT e.element FROM (${elementsOf(field, 'r.list')}) AS e) AS l ON true
    GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${valuesBound}`
}
