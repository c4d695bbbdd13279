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

export interface FoundIds {
  /** As an array of SQL. */
  ids: string
  /** How many there are right now; null: some of them may be gone. */
  count: number | null
}

/**
 * The ids of resources of some kinds whose words match all these patterns of LIKE; null when they are too many.
 * The planner cannot guess how many there are, and the trigram index takes milliseconds, which a live query would
 * spend ten times a second: so a search done before only looks at rows that were written since. Nothing is missed:
 * below the horizon every transaction had ended when it was done.
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
 */
export async function findIds(kinds: readonly string[], patterns: readonly string[]): Promise<FoundIds | null> {
  const asked = [kinds, ...patterns]
  const key = JSON.stringify(asked)
  const before = known().get(key)
  const fresh = before && Date.now() - before.at < believedMs ? before : null
  if (fresh?.ids === null) return null
  const again = fresh && (await lookAgain(fresh, asked))
  const found = again ?? (await look(asked))
  known().set(key, found)
  return found.ids && { ids: `{${[...found.ids].join(',')}}`, count: again ? null : found.ids.size }
}

type Asked = readonly (readonly string[] | string)[]

const horizon = `pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`
/** The kinds, then the patterns. */
const matching = (asked: Asked) => asked.map((_, i) => (i === 0 ? 's.kind = ANY($1::text[])' : `s.text LIKE $${i + 1}`)).join(' AND ')

async function look(asked: Asked): Promise<Found> {
  const at = Date.now()
  const { rows } = await pool().query<{ horizon: string; count: number; ids: string[] | null }>(
    `SELECT ${horizon}, count(*)::int AS count, CASE WHEN count(*) <= ${fewFound} THEN array_agg(m.id) END AS ids
     FROM (SELECT s.resource_id::text AS id FROM search AS s WHERE ${matching(asked)} LIMIT ${fewFound + 1}) AS m`,
    [...asked],
  )
  const { count, ids, horizon: seen } = rows[0]!
  return { ids: count > fewFound ? null : new Set(ids), horizon: seen, at }
}

/** What was found before and what was written since; null when that is too much to look through. */
async function lookAgain(before: Found, asked: Asked): Promise<Found | null> {
  const { rows } = await pool().query<{ horizon: string; resource_id: string | null; matches: boolean }>(
    `SELECT ${horizon}, s.resource_id, ${matching(asked)} AS matches FROM (SELECT) AS one
     LEFT JOIN (SELECT * FROM search WHERE written_in >= $${asked.length + 1}::xid8 LIMIT ${fewFound + 1}) AS s ON true`,
    [...asked, before.horizon],
  )
  if (rows.length > fewFound) return null
  const ids = new Set(before.ids)
  for (const { resource_id: id, matches } of rows) {
    if (id !== null && matches) ids.add(id)
    else if (id !== null) ids.delete(id)
  }
  return ids.size > fewFound ? null : { ids, horizon: rows[0]!.horizon, at: before.at }
}
