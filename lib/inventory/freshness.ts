import { pool } from '../database/index.ts'
import { asOf, type EnvironmentState } from '../model/environment.ts'
import type { EnvironmentFreshness } from '../model/inventory.ts'
import type { Scope } from '../model/rights.ts'
import { silentAfterMs } from '../settings.ts'
import { forgetShared, share } from './shared.ts'
import type { Source } from './where.ts'

interface Known extends Omit<EnvironmentFreshness, 'syncedAt'> {
  engine: string
  /** When sync last wrote each kind. */
  written: Record<string, string>
}

/** Shared this long, or until `forgetEnvironments`. */
const maxAgeMs = 250

/** What is shared of the environments is old: before what waits for the topic `environments` asks for them again. */
export const forgetEnvironments = (): void => forgetShared('environments')

async function readEnvironments(): Promise<Known[]> {
  const { rows } = await pool().query<{
    id: number
    name: string
    engine: string
    state: EnvironmentState
    state_since: Date
    last_contact_at: Date | null
    written: Record<string, number> | null
  }>(
    `SELECT e.id, e.name, e.engine, e.state, e.state_since, e.last_contact_at, c.written
     FROM environments AS e LEFT JOIN (
       SELECT environment_id, jsonb_object_agg(kind, extract(epoch FROM written_at) * 1000) AS written FROM cursors GROUP BY 1
     ) AS c ON c.environment_id = e.id
     ORDER BY lower(e.name) COLLATE "C", e.id`,
  )
  return rows.map((row) => ({
    id: String(row.id),
    name: row.name,
    engine: row.engine,
    state: row.state,
    stateSince: row.state_since.toISOString(),
    lastContactAt: row.last_contact_at?.toISOString() ?? null,
    written: Object.fromEntries(Object.entries(row.written ?? {}).map(([kind, at]) => [kind, new Date(at).toISOString()])),
  }))
}

/** The environments that a list speaks of as they are `now`, by name: those in scope whose engine serves one of the kinds. */
export async function environmentsOf(
  source: Source,
  scope: Scope,
  environment: string | undefined,
  now: Date,
): Promise<EnvironmentFreshness[]> {
  const { value } = await share('environments', readEnvironments, maxAgeMs)
  const kinds = source.kinds.map((kind) => kind.name)
  return value
    .filter((known) => environment === undefined || known.id === environment)
    .filter((known) => scope.some((place) => place.environment === null || place.environment === known.id))
    .flatMap(({ engine, written, ...known }) => {
      const served = kinds.filter((kind) => kind.startsWith(`${engine}/`) || written[kind] !== undefined)
      if (!served.length) return []
      const times = served.map((kind) => written[kind])
      const syncedAt = times.every((at) => at !== undefined) ? times.toSorted()[0]! : null
      return [asOf({ ...known, syncedAt }, now, silentAfterMs())]
    })
}

/** How long ago any batch was written, whatever of; NaN before the first. */
export async function secondsSinceBatch(): Promise<number> {
  const { rows } = await pool().query<{ seconds: number | null }>(
    'SELECT extract(epoch FROM now() - max(written_at))::double precision AS seconds FROM cursors',
  )
  return rows[0]?.seconds ?? Number.NaN
}
