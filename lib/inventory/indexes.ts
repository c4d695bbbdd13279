import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { pool, withConnection } from '../database/index.ts'
import type { Kind } from '../engines/engine.ts'
import { once } from '../once.ts'
import { fieldOf, ownSortColumns, sortTerms, type Field } from './fields.ts'
import { kindOf } from './kinds.ts'
import { literal } from './sql.ts'

/** Shorter lists are sorted in memory, in less time than a page may take. */
export const indexFromRows = 5_000

const made = () => once('inventory.indexes', () => new Set<string>())

interface Wanted {
  name: string
  definition: string
}

const nameFor = (prefix: string, column: string, definition: string) =>
  `${prefix}_${column
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 30)}_${createHash('sha256').update(definition).digest('hex').slice(0, 12)}`

/** What a list is sorted by, over the table itself. */
const sortedBy = (field: Field) => sortTerms(field)[0]!.expression.replace(/\br\.(facts|images)\b/g, '$1')

/** The indexes by which a kind's list is sorted by its facts. The name tells the definition, so a new one is another index. */
export function sortIndexes(kind: Kind): Wanted[] {
  return ownSortColumns(kind).map(({ name }) => {
    const definition = `resources ((${sortedBy(fieldOf(name, [kind]))}), id) WHERE kind = ${literal(kind.name)}`
    return { name: nameFor('resources_fact', name, definition), definition }
  })
}

/**
 * What the planner should know of facts, because statistics of partial indexes are not used: how many rows have none,
 * which it takes for one in 200, and of those that people filter by which values are frequent in which kind.
 */
export function factStatistics(kind: Kind): Wanted[] {
  return ownSortColumns(kind).map((column) => {
    const field = fieldOf(column.name, [kind])
    const filtered = column.facet && field.type !== 'list'
    const definition = `${filtered ? '(mcv) ON kind,' : 'ON'} (${sortedBy(field)}) FROM resources`
    return { name: nameFor(filtered ? 'resources_facet' : 'resources_fact', column.name, definition), definition }
  })
}

const running = () => once('inventory.indexing', () => new Map<string, Promise<void>>())

/**
 * Makes what is missing of a kind's indexes once it has many rows, without blocking who writes. Whoever comes while
 * another process is at it goes on without.
 */
export function ensureSortIndexes(kindName: string): Promise<void> {
  const started = running().get(kindName) ?? makeMissing(kindName).finally(() => running().delete(kindName))
  running().set(kindName, started)
  return started
}

async function makeMissing(kindName: string): Promise<void> {
  const wanted = sortIndexes(kindOf(kindName)).filter((index) => !made().has(index.name))
  if (!wanted.length || !(await isLong(kindName))) return
  await withConnection((client) => makeAll(client, kindName, wanted), { patient: true })
}

async function makeAll(client: PoolClient, kindName: string, wanted: readonly Wanted[]): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(`SELECT pg_try_advisory_lock(hashtext('portolan.indexes')) AS free`)
  if (!rows[0]!.free) return
  try {
    for (const index of wanted) await makeIndex(client, index)
    for (const { name, definition } of factStatistics(kindOf(kindName)))
      await client.query(`CREATE STATISTICS IF NOT EXISTS ${name} ${definition}`)
    await client.query('ANALYZE (SKIP_LOCKED) resources')
  } finally {
    await client.query(`SELECT pg_advisory_unlock(hashtext('portolan.indexes'))`)
  }
}

async function makeIndex(client: PoolClient, index: Wanted): Promise<void> {
  // One whose making was interrupted is there but not valid.
  const { rowCount } = await client.query('SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid', [index.name])
  if (rowCount) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index.name}`)
  await client.query(`CREATE INDEX CONCURRENTLY IF NOT EXISTS ${index.name} ON ${index.definition}`)
  made().add(index.name)
}

async function isLong(kind: string): Promise<boolean> {
  const { rows } = await pool().query<{ count: number }>('SELECT coalesce(sum(count), 0)::int AS count FROM counts WHERE kind = $1', [kind])
  return rows[0]!.count >= indexFromRows
}
