import type { PoolClient } from 'pg'
import { notify, pool, transaction, withConnection } from '../database/index.ts'
import type { Batch, Observed } from '../engines/engine.ts'
import { AppError } from '../errors/index.ts'
import { log } from '../log.ts'
import { existingKeys, lastOfEach, planBatch, removedKeys, type Known, type Plan } from './batch.ts'
import { ensureSortIndexes } from './indexes.ts'
import { ensureToday, forgetDays } from './partitions.ts'
import { cleanJson, cleanText } from './sql.ts'
import { storeRows } from './store.ts'

/** More namespaces than this in one batch are told as "any". */
const namedNamespaces = 8
/** The first list of a big cluster takes as long as it takes. */
const atLeisure = { patient: true }
/** A batch of so many rows changes what the planner should know. */
const analyzeFromRows = 1_000

/**
 * Writes a batch in one transaction: rows that differ, deletions, counts, changes, the cursor and the notification.
 * `fence` is the lease's number as the caller holds it.
 * @throws conflict when somebody else follows the environment by now · unavailable
 */
export async function writeBatch(environmentId: number, fence: bigint, batch: Batch, now: Date): Promise<void> {
  await ensureToday('changes', now)
  const upserts = lastOfEach(batch.upserts)
  const written = await transaction(async (client) => {
    await relax(client)
    const followed = await lockCursor(client, environmentId, batch.kind)
    const plan = planBatch(
      await readDiffering(client, environmentId, batch.kind, upserts),
      await readGone(client, environmentId, batch),
      followed,
    )
    await removeRows(client, plan.remove)
    await storeRows(client, environmentId, batch.kind, plan.write, now)
    await moveCounts(client, environmentId, batch.kind, plan.deltas)
    await recordChanges(client, environmentId, batch.kind, plan.changes, now)
    await saveCursor(client, environmentId, batch, now)
    await tell(client, environmentId, batch.kind, plan)
    await holdFence(client, environmentId, fence)
    return plan.write.length
  }, atLeisure).catch((error: unknown) => {
    forgetDays(error)
    throw error
  })
  // Waiting for an index that is being made would be a deadlock: it waits for us in turn.
  if (written >= analyzeFromRows)
    await withConnection(async (client) => {
      await client.query('ANALYZE (SKIP_LOCKED) resources, search, counts')
      await client.query(`SELECT gin_clean_pending_list('search_text_idx')`)
    }, atLeisure)
  if (batch.complete && written > 0)
    ensureSortIndexes(batch.kind).catch((error: unknown) => log().warn({ err: error, kind: batch.kind }, 'sorting stays slow'))
}

/** The inventory can be read from the engine again, so it need not wait for the disk. */
export const relax = (client: PoolClient) => client.query('SET LOCAL synchronous_commit = off')

/**
 * Refuses when the lease went to somebody else; until COMMIT nobody can take it. Asked last, because a holder that
 * renews its lease would otherwise wait for a long first list.
 */
export async function holdFence(client: PoolClient, environmentId: number, fence: bigint): Promise<void> {
  const { rows } = await client.query<{ fence: string }>('SELECT fence FROM leases WHERE environment_id = $1 FOR SHARE', [environmentId])
  if (rows[0] && BigInt(rows[0].fence) === fence) return
  throw new AppError('conflict', `Environment ${environmentId} is followed by somebody else now.`, { reason: { code: 'lease-lost' } })
}

/** Batches of one kind come one after the other. Answers whether the kind was listed before. */
async function lockCursor(client: PoolClient, environmentId: number, kind: string): Promise<boolean> {
  const { rows } = await client.query<{ listed_at: Date | null }>(
    'SELECT listed_at FROM cursors WHERE environment_id = $1 AND kind = $2 FOR UPDATE',
    [environmentId, kind],
  )
  return !!rows[0]?.listed_at
}

async function saveCursor(client: PoolClient, environmentId: number, { kind, cursor, complete }: Batch, now: Date): Promise<void> {
  await client.query(
    `INSERT INTO cursors (environment_id, kind, cursor, listed_at, written_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (environment_id, kind) DO UPDATE SET cursor = excluded.cursor, written_at = excluded.written_at,
       listed_at = coalesce(excluded.listed_at, cursors.listed_at)`,
    [environmentId, kind, cursor, complete ? now : null, now],
  )
}

const knownColumns = 'r.id, r.key, r.uid, r.name, r.namespace, r.health'

async function readDiffering(client: PoolClient, environmentId: number, kind: string, upserts: readonly Observed[]) {
  if (!upserts.length) return []
  const column = (read: (one: Observed) => string) => upserts.map((one) => cleanText(read(one)))
  const { rows } = await client.query<{ n: string } & { [K in keyof Known]: Known[K] | null }>(
    `SELECT s.n, ${knownColumns} FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS s(key, version, uid, n)
     LEFT JOIN resources AS r ON r.environment_id = $1 AND r.kind = $2 AND r.key = s.key
     WHERE r.id IS NULL OR r.version <> s.version OR r.uid <> s.uid ORDER BY s.n`,
    [environmentId, kind, column((one) => one.summary.key), column((one) => one.summary.version), column((one) => one.summary.uid)],
  )
  return rows.map(({ n, ...known }) => ({ observed: upserts[Number(n) - 1]!, known: known.id === null ? null : (known as Known) }))
}

async function readGone(client: PoolClient, environmentId: number, batch: Batch): Promise<Known[]> {
  const named = removedKeys(batch).map(cleanText)
  if (!batch.complete && !named.length) return []
  const keys = batch.complete ? existingKeys(batch).map(cleanText) : named
  const exists = `EXISTS (SELECT FROM unnest($3::text[]) AS k(key) WHERE k.key = r.key)`
  const { rows } = await client.query<Known>(
    `SELECT ${knownColumns} FROM resources AS r WHERE r.environment_id = $1 AND r.kind = $2 AND ${batch.complete ? 'NOT ' : ''}${exists} ORDER BY r.key`,
    [environmentId, batch.kind, keys],
  )
  return rows
}

async function removeRows(client: PoolClient, ids: readonly string[]): Promise<void> {
  if (ids.length) await client.query('DELETE FROM resources WHERE id = ANY($1::bigint[])', [ids])
}

async function moveCounts(client: PoolClient, environmentId: number, kind: string, deltas: Plan['deltas']): Promise<void> {
  if (!deltas.length) return
  await client.query(
    `INSERT INTO counts AS c (environment_id, kind, namespace, health, count)
     SELECT $1, $2, d.namespace, d.health, d.delta FROM unnest($3::text[], $4::smallint[], $5::bigint[]) AS d(namespace, health, delta)
     ORDER BY 3, 4
     ON CONFLICT (kind, environment_id, namespace, health) DO UPDATE SET count = c.count + excluded.count`,
    [environmentId, kind, deltas.map((d) => cleanText(d.namespace)), deltas.map((d) => d.health), deltas.map((d) => d.delta)],
  )
}

async function recordChanges(client: PoolClient, environmentId: number, kind: string, changes: Plan['changes'], now: Date): Promise<void> {
  if (!changes.length) return
  await client.query(
    `INSERT INTO changes (environment_id, kind, at, key, uid, name, namespace, change, from_health, to_health, state, reason)
     SELECT $1, $2, $3, c.key, c.uid, c.name, c.namespace, c.change, c.from_health, c.to_health, c.state, c.reason
     FROM json_to_recordset($4::json) AS c(key text, uid text, name text, namespace text, change text,
       from_health smallint, to_health smallint, state jsonb, reason jsonb)`,
    [environmentId, kind, now, cleanJson(changes)],
  )
}

async function tell(client: PoolClient, environmentId: number, kind: string, plan: Plan): Promise<void> {
  const environment = String(environmentId)
  const { namespaces } = plan
  if (namespaces.has(null) || namespaces.size > namedNamespaces) await notify(client, { topic: 'rows', environment, kind })
  else for (const namespace of namespaces) await notify(client, { topic: 'rows', environment, kind, namespace: namespace! })
  if (plan.changes.length) await notify(client, { topic: 'events', environment })
}

/** Where each kind's following goes on: kind → cursor. Kinds that were never written, or only in part, are not in it. */
export async function readCursors(environmentId: number): Promise<Record<string, string>> {
  const { rows } = await pool().query<{ kind: string; cursor: string }>(
    'SELECT kind, cursor FROM cursors WHERE environment_id = $1 AND cursor IS NOT NULL AND listed_at IS NOT NULL',
    [environmentId],
  )
  return Object.fromEntries(rows.map((row) => [row.kind, row.cursor]))
}

/** Forgets everything about an environment, in pieces; whoever still follows it is refused from here on. */
export async function removeEnvironment(environmentId: number): Promise<void> {
  await pool().query('DELETE FROM leases WHERE environment_id = $1', [environmentId])
  for (;;) {
    const { rowCount } = await pool().query(
      'DELETE FROM resources WHERE id IN (SELECT id FROM resources WHERE environment_id = $1 LIMIT 5000)',
      [environmentId],
    )
    if (!rowCount) break
  }
  for (const table of ['counts', 'cursors', 'events', 'changes'])
    await pool().query(`DELETE FROM ${table} WHERE environment_id = $1`, [environmentId])
  await notify(null, { topic: 'rows', environment: String(environmentId) })
}
