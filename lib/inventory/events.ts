import { notify, transaction } from '../database/index.ts'
import type { EngineEvent } from '../engines/engine.ts'
import { dayOf, ensureDays, forgetDays } from './partitions.ts'
import { cleanJson } from './sql.ts'
import { holdFence, relax } from './write.ts'

/** The kind whose rows the events of an engine are: `docker/events`. */
const listKindOf = (event: EngineEvent) => `${event.kind.split('/')[0]}/events`

const searchText = (event: EngineEvent) =>
  [event.name, event.action, event.key, ...Object.values(event.attributes)].join('\n').toLowerCase().slice(0, 4_000)

/**
 * Keeps events as history; those that are known already (a cursor overlaps) are left alone.
 * @throws conflict when somebody else follows the environment by now · unavailable
 */
export async function writeEvents(environmentId: number, fence: bigint, events: readonly EngineEvent[]): Promise<void> {
  if (!events.length) return
  await ensureDays(
    'events',
    events.map((event) => dayOf(new Date(event.at))),
  )
  const rows = events.map((event) => ({ ...event, list_kind: listKindOf(event), text: searchText(event) }))
  await transaction(
    async (client) => {
      await relax(client)
      const { rowCount } = await client.query(
        `INSERT INTO events (environment_id, at, list_kind, kind, key, name, namespace, action, severity, attributes, text)
       SELECT $1, e.at, e.list_kind, e.kind, e.key, e.name, e.namespace, e.action, e.severity, e.attributes, e.text
       FROM json_to_recordset($2::json) AS e(at timestamptz, list_kind text, kind text, key text, name text, namespace text,
         action text, severity text, attributes jsonb, text text)
       ON CONFLICT (environment_id, kind, key, at, action) DO NOTHING`,
        [environmentId, cleanJson(rows)],
      )
      if (rowCount) {
        const environment = String(environmentId)
        await notify(client, { topic: 'events', environment })
        for (const kind of new Set(rows.map((row) => row.list_kind))) await notify(client, { topic: 'rows', environment, kind })
      }
      await holdFence(client, environmentId, fence)
    },
    { patient: true },
  ).catch((error: unknown) => {
    forgetDays(error)
    throw error
  })
}
