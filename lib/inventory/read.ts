import { pool } from '../database/index.ts'
import { healths } from '../model/health.ts'
import type { RelatedRow, ResourceDetail } from '../model/inventory.ts'
import type { Reason } from '../model/reason.ts'
import type { Document, Reference, Relation } from '../model/resource.ts'
import type { Scope } from '../model/rights.ts'
import { environmentNumber } from './filters.ts'
import { rowColumns, toRow, type StoredRow } from './rows.ts'
import { Params } from './sql.ts'
import { scopeCondition } from './where.ts'

/** One resource in full, or null when there is none such or it is outside of the scope. */
export async function readResource(ref: Reference, scope: Scope): Promise<ResourceDetail | null> {
  const params = new Params()
  const identity = [params.add(environmentNumber(ref.environment)), params.add(ref.kind), params.add(ref.key)]
  const { rows } = await pool().query<StoredRow & { document: Document; relations: Relation[] }>(
    `SELECT ${rowColumns}, d.document, s.relations
     FROM resources AS r JOIN documents AS d ON d.resource_id = r.id JOIN search AS s ON s.resource_id = r.id
     WHERE r.environment_id = ${identity[0]} AND r.kind = ${identity[1]} AND r.key = ${identity[2]} AND (${scopeCondition(scope, params)})`,
    params.values,
  )
  const stored = rows[0]
  if (!stored) return null
  const [to, from] = await Promise.all([readTargets(stored.environment_id, stored.relations, scope), readSources(stored, scope)])
  return { row: toRow(stored), document: stored.document, relations: [...to, ...from] }
}

interface FoundRelation {
  as: string
  kind: string
  key: string
  id: string | null
  name: string | null
  health: number | null
  state: Reason | null
}

const toRelated = (direction: RelatedRow['direction'], found: FoundRelation): RelatedRow => ({
  as: found.as,
  direction,
  kind: found.kind,
  key: found.key,
  id: found.id,
  name: found.name ?? found.key,
  health: found.health === null ? null : healths[found.health]!,
  state: found.state,
})

/**
 * What it points to, in its own order; an engine names another by key, uid or name. What may not be seen is as if it
 * were not there: no more is told of it than the resource itself says.
 */
async function readTargets(environmentId: number, relations: readonly Relation[], scope: Scope): Promise<RelatedRow[]> {
  if (!relations.length) return []
  const params = new Params()
  const list = params.add(JSON.stringify(relations))
  const environment = params.add(environmentId)
  const seen = scopeCondition(scope, params)
  const match = (condition: string, rank: number) =>
    `SELECT ${rank} AS rank, r.* FROM resources AS r WHERE r.environment_id = ${environment}::int AND r.kind = p.kind AND ${condition} AND (${seen})`
  const { rows } = await pool().query<FoundRelation>(
    `SELECT p."as", p.kind, coalesce(r.key, p.key) AS key, r.id, coalesce(p.name, r.name) AS name, r.health, r.state
     FROM ROWS FROM (jsonb_to_recordset(${list}::jsonb) AS ("as" text, kind text, key text, name text)) WITH ORDINALITY AS p("as", kind, key, name, n)
     LEFT JOIN LATERAL (
       SELECT * FROM (${match('r.key = p.key', 0)} UNION ALL ${match('r.uid = p.key', 1)} UNION ALL ${match('r.sort_name = lower(p.key) AND r.name = p.key', 2)}) AS m
       ORDER BY m.rank LIMIT 1
     ) AS r ON true
     ORDER BY p.n`,
    params.values,
  )
  return rows.map((row) => toRelated('to', row))
}

/** What points to it, by name; at most 200 of each kind of relation would fill no screen. */
async function readSources(target: StoredRow, scope: Scope): Promise<RelatedRow[]> {
  const params = new Params()
  const names = [...new Set([target.key, target.uid, target.name])]
  const points = names.map((key) => `s.relations @> ${params.add(JSON.stringify([{ kind: target.kind, key }]))}::jsonb`).join(' OR ')
  const { rows } = await pool().query<FoundRelation>(
    `SELECT p."as", r.kind, r.key, r.id, r.name, r.health, r.state
     FROM search AS s JOIN resources AS r ON r.id = s.resource_id
     CROSS JOIN LATERAL jsonb_to_recordset(s.relations) AS p("as" text, kind text, key text)
     WHERE (${points}) AND p.kind = ${params.add(target.kind)} AND p.key = ANY(${params.add(names)}::text[])
       AND r.environment_id = ${params.add(target.environment_id)}::int AND (${scopeCondition(scope, params)})
     ORDER BY r.kind, r.sort_name, r.id LIMIT 200`,
    params.values,
  )
  return rows.map((row) => toRelated('from', row))
}
