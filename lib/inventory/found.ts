import { LRUCache } from 'lru-cache'
import { pool } from '../database/index.ts'
import { once } from '../once.ts'

/** So many matches are told by their ids; more are left to the order of the list, where they are soon met. */
const fewFound = 10_000
/** How long "too many to tell" is believed, and how long ids are only added to, since what is gone stays among them. */
const believedMs = 30_000

interface Found {
  /** Null: too many. */
  ids: Set<string> | null
  /** Whatever an older transaction wrote was seen. */
  horizon: string
  at: number
}

/** So many ids are kept of all searches together, at some 70 bytes each: tens of MB at most. */
const mostKept = 300_000

const known = () =>
  once(
    'inventory.found',
    () => new LRUCache<string, Found>({ max: 500, maxSize: mostKept, sizeCalculation: ({ ids }) => 1 + (ids?.size ?? 0) }),
  )

/** Forgets all searches; the next one of each is done from the beginning. */
export const forgetFound = (): void => known().clear()

/**
 * The ids of resources whose words match all these patterns of LIKE, as an array of SQL; null when they are too many.
 * The planner cannot guess how many there are, and the trigram index takes milliseconds, which a live query would
 * spend ten times a second: so a search done before only looks at rows that were written since. Nothing is missed:
 * below the horizon every transaction had ended when it was done.
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
 */
export async function findIds(patterns: readonly string[]): Promise<string | null> {
  const key = JSON.stringify(patterns)
  const before = known().get(key)
  const fresh = before && Date.now() - before.at < believedMs ? before : null
  if (fresh?.ids === null) return null
  const found = (fresh && (await lookAgain(fresh, patterns))) ?? (await look(patterns))
  known().set(key, found)
  return found.ids && `{${[...found.ids].join(',')}}`
}

const horizon = `pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`
const matching = (patterns: readonly string[]) => patterns.map((_, i) => `s.text LIKE $${i + 1}`).join(' AND ')

async function look(patterns: readonly string[]): Promise<Found> {
  const at = Date.now()
  const { rows } = await pool().query<{ horizon: string; count: number; ids: string[] | null }>(
    `SELECT ${horizon}, count(*)::int AS count, CASE WHEN count(*) <= ${fewFound} THEN array_agg(m.id) END AS ids
     FROM (SELECT s.resource_id::text AS id FROM search AS s WHERE ${matching(patterns)} LIMIT ${fewFound + 1}) AS m`,
    [...patterns],
  )
  const { count, ids, horizon: seen } = rows[0]!
  return { ids: count > fewFound ? null : new Set(ids), horizon: seen, at }
}

/** What was found before and what was written since; null when that is too much to look through. */
async function lookAgain(before: Found, patterns: readonly string[]): Promise<Found | null> {
  const { rows } = await pool().query<{ horizon: string; resource_id: string | null; matches: boolean }>(
    `SELECT ${horizon}, s.resource_id, ${matching(patterns)} AS matches FROM (SELECT) AS one
     LEFT JOIN (SELECT * FROM search WHERE written_in >= $${patterns.length + 1}::xid8 LIMIT ${fewFound + 1}) AS s ON true`,
    [...patterns, before.horizon],
  )
  if (rows.length > fewFound) return null
  const ids = new Set(before.ids)
  for (const { resource_id: id, matches } of rows) {
    if (id !== null && matches) ids.add(id)
    else if (id !== null) ids.delete(id)
  }
  return ids.size > fewFound ? null : { ids, horizon: rows[0]!.horizon, at: before.at }
}
