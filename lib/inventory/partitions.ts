import { pool, transaction } from '../database/index.ts'
import { once } from '../once.ts'

const tables = ['events', 'changes'] as const
type Partitioned = (typeof tables)[number]

const dayMs = 86_400_000
const known = () => once('inventory.partitions', () => new Set<string>())
const nameOf = (table: Partitioned, day: string) => `${table}_${day.replaceAll('-', '')}`

/** The UTC day of an instant: `2026-11-21`. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Makes the partitions of these days where they are missing; they are made outside of any batch, which they would lock. */
export async function ensureDays(table: Partitioned, days: Iterable<string>): Promise<void> {
  const missing = [...new Set(days)].filter((day) => !known().has(nameOf(table, day)))
  if (!missing.length) return
  await transaction(async (client) => {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('portolan.partitions'))`)
    for (const day of missing) {
      const next = dayOf(new Date(Date.parse(day) + dayMs))
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${nameOf(table, day)} PARTITION OF ${table} FOR VALUES FROM ('${day}Z') TO ('${next}Z')`,
      )
    }
  })
  for (const day of missing) known().add(nameOf(table, day))
}

/** Today's and tomorrow's, so that midnight finds its partition there. */
export const ensureToday = (table: Partitioned, now: Date): Promise<void> =>
  ensureDays(table, [dayOf(now), dayOf(new Date(now.getTime() + dayMs))])

/** Whether an insert failed because somebody dropped its partition: it is made again at the next try. */
export function forgetDays(error: unknown): void {
  if ((error as { code?: string }).code === '23514') known().clear()
}

/**
 * Drops what was said and what changed more than `keepDays` days ago, whole days at a time.
 * @returns the names of the partitions that went
 */
export async function pruneHistory(keepDays: number, now: Date): Promise<string[]> {
  const oldest = dayOf(new Date(now.getTime() - keepDays * dayMs)).replaceAll('-', '')
  const { rows } = await pool().query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
     WHERE i.inhparent = ANY($1::regclass[]) AND right(c.relname, 8) < $2 ORDER BY 1`,
    [[...tables], oldest],
  )
  for (const { name } of rows) {
    await pool().query(`DROP TABLE IF EXISTS ${name}`)
    known().delete(name)
  }
  return rows.map((row) => row.name)
}
