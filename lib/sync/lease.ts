import { pool } from '../database/index.ts'

/** A lease that is held: nobody else with this fence can write, and nobody with an older one. */
export interface Held {
  environmentId: number
  fence: bigint
}

interface LeaseRow {
  environment_id: number
  fence: string
}
const toHeld = (row: LeaseRow): Held => ({ environmentId: row.environment_id, fence: BigInt(row.fence) })

/** Says that this sync runs, forgets those that do not, and answers how many do. All by the database's clock. */
export async function announceSync(holder: string, voidMs: number): Promise<number> {
  const { rows } = await pool().query<{ live: number }>(
    `WITH gone AS (DELETE FROM syncs WHERE renewed_at < now() - $2 * interval '1 ms' AND id <> $1),
       own AS (INSERT INTO syncs (id, renewed_at) VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET renewed_at = now())
     SELECT count(*)::int AS live FROM syncs WHERE id <> $1 AND renewed_at >= now() - $2 * interval '1 ms'`,
    [holder, voidMs],
  )
  return 1 + (rows[0]?.live ?? 0)
}

/** Renews what this sync holds; what is missing in the answer went to somebody else. */
export async function renewLeases(holder: string): Promise<Held[]> {
  const { rows } = await pool().query<LeaseRow>('UPDATE leases SET renewed_at = now() WHERE holder = $1 RETURNING environment_id, fence', [
    holder,
  ])
  return rows.map(toHeld)
}

/**
 * Takes up to `limit` of these environments, as far as nobody holds them. Each taking makes the fence grow. One that is
 * locked at the moment, by a batch of a former holder who hangs, is left for the next time: the others must not wait.
 */
export async function takeLeases(holder: string, environmentIds: readonly number[], limit: number, voidMs: number): Promise<Held[]> {
  if (limit <= 0 || environmentIds.length === 0) return []
  const { rows } = await pool().query<LeaseRow>(
    `WITH void AS (
       SELECT environment_id FROM leases WHERE environment_id = ANY($2::int[]) AND renewed_at < now() - $4 * interval '1 ms'
       FOR UPDATE SKIP LOCKED)
     INSERT INTO leases AS l (environment_id, holder, fence, renewed_at)
     SELECT e.id, $1, 1, now() FROM environments AS e
     WHERE e.id = ANY($2::int[])
       AND (e.id IN (SELECT environment_id FROM void) OR NOT EXISTS (SELECT FROM leases AS k WHERE k.environment_id = e.id))
     ORDER BY e.id LIMIT $3
     ON CONFLICT (environment_id) DO UPDATE SET holder = $1, fence = l.fence + 1, renewed_at = now()
       WHERE l.renewed_at < now() - $4 * interval '1 ms'
     RETURNING environment_id, fence`,
    [holder, environmentIds, limit, voidMs],
  )
  return rows.map(toHeld)
}

/**
 * In how many ms a lease of somebody else becomes void unless it is renewed; null when nobody else holds one. Those that
 * have been void for long are nobody's concern any more.
 */
export async function nextVoidMs(holder: string, voidMs: number): Promise<number | null> {
  const { rows } = await pool().query<{ ms: number | null }>(
    `SELECT (extract(epoch FROM min(renewed_at) - now()) * 1000 + $2)::float8 AS ms FROM leases
     WHERE holder <> $1 AND renewed_at > now() - 2 * $2 * interval '1 ms'`,
    [holder, voidMs],
  )
  return rows[0]?.ms ?? null
}

/** Gives leases back at once; their rows stay, for the fence must not begin anew. */
export async function releaseLeases(holder: string, environmentIds: readonly number[]): Promise<void> {
  await pool().query(
    `UPDATE leases SET holder = '00000000-0000-0000-0000-000000000000', renewed_at = 'epoch' WHERE holder = $1 AND environment_id = ANY($2::int[])`,
    [holder, environmentIds],
  )
}

/** This sync ends: others share its environments from now on. */
export async function retireSync(holder: string): Promise<void> {
  await pool().query('DELETE FROM syncs WHERE id = $1', [holder])
}
