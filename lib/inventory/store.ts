import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Observed } from '../engines/engine.ts'
import { rankOf } from '../model/health.ts'
import { searchable } from './searchable.ts'
import { cleanJson } from './sql.ts'

/** From so many rows on they go by COPY; fewer are one parameter. */
const copyFromRows = 500

/** Long labels are found by their beginning. */
const searchTextBound = 16_000

function searchText({ summary }: Observed): string {
  const labels = Object.entries(summary.labels).map(([name, value]) => `${name}=${value}`)
  return searchable([summary.name, ...summary.searchTerms, ...summary.images, ...labels].join('\n')).slice(0, searchTextBound)
}

const toStored = (observed: Observed): string => {
  const { summary, document } = observed
  return cleanJson({
    key: summary.key,
    uid: summary.uid,
    version: summary.version,
    namespace: summary.namespace || null,
    name: summary.name,
    sort_name: summary.name.toLowerCase(),
    health: rankOf(summary.health),
    since: summary.since,
    created_at: summary.createdAt,
    state: summary.state,
    reason: summary.reason,
    facts: summary.facts,
    images: summary.images,
    labels: summary.labels,
    document,
    text: searchText(observed),
    relations: summary.relations,
  })
}

const shape = `AS s(key text, uid text, version text, namespace text, name text, sort_name text, health smallint, since timestamptz,
  created_at timestamptz, state jsonb, reason jsonb, facts jsonb, images text[], labels jsonb, document json, text text, relations jsonb)`

/** What lists show; `null` as JSON is no reason at all. */
const columns = [
  'uid',
  'version',
  'namespace',
  'name',
  'sort_name',
  'health',
  'since',
  'created_at',
  'state',
  'reason',
  'facts',
  'images',
  'labels',
]

/**
 * An engine dates a crash loop by its latest round, and only who has watched it knows when it began: of one life, the
 * older instant stands as long as the loop goes on. Kept here rather than by who follows, so that it outlives a restart.
 */
const sameLoop = `resources.uid = excluded.uid AND resources.state->>'code' = 'crash-loop' AND excluded.state->>'code' = 'crash-loop'`
const since = `CASE WHEN ${sameLoop} THEN least(resources.since, excluded.since) ELSE excluded.since END`
const newer = (name: string) => `${name} = ${name === 'since' ? since : `excluded.${name}`}`

const upsert = (source: string) => `
  WITH s AS MATERIALIZED (SELECT s.* FROM ${source}),
  written AS (
    INSERT INTO resources (environment_id, kind, key, observed_at, ${columns.join(', ')})
    SELECT $1, $2, s.key, $3, ${columns.map((name) => `s.${name}`).join(', ')} FROM s ORDER BY s.key
    ON CONFLICT (environment_id, kind, key) DO UPDATE SET observed_at = excluded.observed_at, ${columns.map(newer).join(', ')}
    RETURNING id, key
  ),
  documented AS (
    INSERT INTO documents (resource_id, document) SELECT w.id, s.document FROM written AS w JOIN s USING (key)
    ON CONFLICT (resource_id) DO UPDATE SET document = excluded.document
  )
  INSERT INTO search (resource_id, kind, text, relations) SELECT w.id, $2, s.text, s.relations FROM written AS w JOIN s USING (key)
  ON CONFLICT (resource_id) DO UPDATE SET text = excluded.text, relations = excluded.relations, written_in = pg_current_xact_id()
  WHERE (search.text, search.relations) IS DISTINCT FROM (excluded.text, excluded.relations)`

/**
 * What the trigram index collected is sorted in by whoever passes the limit, in one go: small batches must not wait for
 * much of it, while a first list is several times faster when it is done seldom.
 */
const pendingOf = (rows: number) => (rows < copyFromRows ? '256kB' : '16MB')

/** Writes rows with their documents and what they are found by, in the client's transaction. */
export async function storeRows(
  client: PoolClient,
  environmentId: number,
  kind: string,
  rows: readonly Observed[],
  now: Date,
): Promise<void> {
  if (!rows.length) return
  await client.query(`SET LOCAL gin_pending_list_limit = '${pendingOf(rows.length)}'`)
  if (rows.length < copyFromRows) {
    const json = `[${rows.map(toStored).join(',')}]`
    await client.query(upsert(`json_to_recordset($4::json) ${shape}`), [environmentId, kind, now, json])
    return
  }
  await client.query('CREATE TEMP TABLE staging (item json NOT NULL) ON COMMIT DROP')
  await pipeline(Readable.from(copyLines(rows)), client.query(copyFrom('COPY staging FROM STDIN')))
  await client.query('ANALYZE staging')
  await client.query(upsert(`staging, json_to_record(staging.item) ${shape}`), [environmentId, kind, now])
}

/** JSON has no raw tabs or line ends, so of COPY's text format only the backslash is left to escape. */
function* copyLines(rows: readonly Observed[]): Generator<string> {
  for (const row of rows) yield `${toStored(row).replaceAll('\\', '\\\\')}\n`
}
