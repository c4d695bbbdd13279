import { pool } from '../database/index.ts'
import { categories } from '../model/kind.ts'
import type { Row } from '../model/resource.ts'
import type { Scope } from '../model/rights.ts'
import { kindsIn } from './kinds.ts'
import { rowColumns, toRow, type StoredRow } from './rows.ts'
import { cleanText, escapeLike, literal, Params } from './sql.ts'
import { scopeCondition, textConditions } from './where.ts'

const inventoryKinds = () => categories.filter((category) => category !== 'event').flatMap(kindsIn)

/** So many matches are looked at for the best ones; those whose name begins with the text are always among them. */
const candidates = 500

/**
 * Resources of all kinds by name, label, image, id, address or port. Best first: the exact name, names that begin
 * with the text, names that hold it, then the rest; shorter names before longer ones.
 */
export async function searchRows(text: string, scope: Scope, limit: number): Promise<Row[]> {
  const wanted = cleanText(text).trim().toLowerCase()
  if (!wanted) return []
  const params = new Params()
  const prefix = params.add(`${escapeLike(wanted)}%`)
  const inside = params.add(`%${escapeLike(wanted)}%`)
  const exact = params.add(wanted)
  const seen = scopeCondition(scope, params)
  const kinds = `r.kind IN (${inventoryKinds()
    .map((kind) => literal(kind.name))
    .join(', ')})`
  const found = textConditions(wanted, { events: false }, params).join(' AND ')
  const { rows } = await pool().query<StoredRow>(
    `SELECT ${rowColumns} FROM resources AS r JOIN (
       (SELECT r.id FROM resources AS r WHERE ${kinds} AND r.sort_name LIKE ${prefix} AND (${seen}) ORDER BY r.sort_name LIMIT ${candidates})
       UNION (SELECT r.id FROM resources AS r WHERE ${kinds} AND (${found}) AND (${seen}) LIMIT ${candidates})
     ) AS m ON m.id = r.id
     ORDER BY (r.sort_name = ${exact}) DESC, (r.sort_name LIKE ${prefix}) DESC, (r.sort_name LIKE ${inside}) DESC, length(r.sort_name), r.sort_name, r.id
     LIMIT ${params.add(limit)}`,
    params.values,
  )
  return rows.map(toRow)
}

/**
 * What is failing or degraded, worst first, then longest. `answering` leaves out environments that do not answer:
 * what they last said may be long over.
 */
export async function listProblems(scope: Scope, limit: number, options: { answering?: boolean } = {}): Promise<Row[]> {
  const params = new Params()
  const seen = scopeCondition(scope, params)
  const answering = options.answering ? `AND r.environment_id IN (SELECT id FROM environments WHERE state IN ('live', 'behind'))` : ''
  const bound = params.add(limit)
  const order = `r.health, coalesce(r.since, 'infinity'::timestamptz), r.id`
  const parts = inventoryKinds().map(
    (kind) =>
      `(SELECT * FROM resources AS r WHERE r.kind = ${literal(kind.name)} AND r.health <= 1 AND (${seen}) ${answering} ORDER BY ${order} LIMIT ${bound})`,
  )
  const { rows } = await pool().query<StoredRow>(
    `SELECT ${rowColumns} FROM (${parts.join(' UNION ALL ')}) AS r ORDER BY ${order} LIMIT ${bound}`,
    params.values,
  )
  return rows.map(toRow)
}
