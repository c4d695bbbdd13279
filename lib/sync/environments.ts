import { notify, pool, transaction } from '../database/index.ts'
import type { EnvironmentState } from '../model/environment.ts'
import type { Reason } from '../model/reason.ts'
import type { ConnectionSettings } from '../engines/engine.ts'
import type { FollowedEnvironment } from './attempt.ts'
import type { Held } from './lease.ts'
import type { Status } from './status.ts'

interface EnvironmentRow {
  id: number
  engine: string
  settings: ConnectionSettings
  secrets: Buffer | null
  revision: number
  state: EnvironmentState
  error: Reason | null
  last_contact_at: Date | null
  engine_version: string | null
}

/** Every environment that is to be followed. */
export async function readEnvironments(): Promise<FollowedEnvironment[]> {
  const { rows } = await pool().query<EnvironmentRow>(
    `SELECT id, engine, settings, secrets, revision, state, error, last_contact_at, engine_version
     FROM environments WHERE paused_at IS NULL ORDER BY id`,
  )
  return rows.map(({ last_contact_at, engine_version, ...row }) => ({
    ...row,
    lastContactAt: last_contact_at,
    engineVersion: engine_version,
  }))
}

/**
 * Writes what an environment's follower knows, as long as its lease holds and nobody paused it, and tells everybody.
 * Answers whether it did.
 */
export async function saveStatus({ environmentId, fence }: Held, status: Status): Promise<boolean> {
  return transaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE environments SET state = $3, state_since = CASE WHEN state = $3 THEN state_since ELSE now() END, error = $4,
         last_contact_at = to_timestamp($5::double precision / 1000), engine_version = $6, unfollowed = $7
       WHERE id = $1 AND paused_at IS NULL AND EXISTS (SELECT FROM leases WHERE environment_id = $1 AND fence = $2)`,
      [
        environmentId,
        fence,
        status.state,
        status.error && JSON.stringify(status.error),
        status.lastContactAt,
        status.engineVersion,
        JSON.stringify(status.unfollowed),
      ],
    )
    if (rowCount) await notify(client, { topic: 'environments', environment: String(environmentId) })
    return rowCount === 1
  })
}

/** When each engine was last heard; one notification for all of them. */
export async function saveContacts(contacts: readonly (Held & { at: number })[]): Promise<void> {
  if (contacts.length === 0) return
  await transaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE environments AS e SET last_contact_at = to_timestamp(c.at / 1000)
       FROM unnest($1::int[], $2::bigint[], $3::double precision[]) AS c(id, fence, at)
       WHERE e.id = c.id AND e.last_contact_at IS DISTINCT FROM to_timestamp(c.at / 1000)
         AND EXISTS (SELECT FROM leases AS l WHERE l.environment_id = c.id AND l.fence = c.fence)`,
      [contacts.map((c) => c.environmentId), contacts.map((c) => c.fence), contacts.map((c) => c.at)],
    )
    if (rowCount) await notify(client, { topic: 'environments' })
  })
}

/** Environments that were paused while nobody looked say so. */
export async function markPaused(): Promise<void> {
  await transaction(async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `UPDATE environments SET state = 'paused', state_since = paused_at, error = NULL
       WHERE paused_at IS NOT NULL AND state <> 'paused' RETURNING id`,
    )
    for (const { id } of rows) await notify(client, { topic: 'environments', environment: String(id) })
  })
}
