import { pool } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { healths } from '../model/health.ts'
import type { TimelineEntry } from '../model/inventory.ts'
import type { Reason } from '../model/reason.ts'
import type { Scope } from '../model/rights.ts'
import { environmentNumber } from './filters.ts'
import { allOf, cleanText, escapeLike, Params } from './sql.ts'
import { scopeCondition } from './where.ts'

/** Which part of what happened: of everything in scope, or narrowed down to one resource with all its lives. */
export interface TimelineQuery {
  environment?: string
  kind?: string
  key?: string
  /** ISO 8601, included. */
  since?: string
  /** ISO 8601, excluded. */
  until?: string
  /** Part of a name or, for events, of a word of the engine. */
  text?: string
  /** The `id` of the last entry of the page before. */
  before?: string
  /** `noted` leaves out what engines say in passing (events of severity `info`), `none` all that they say. */
  events?: 'all' | 'noted' | 'none'
  limit: number
}

const eventConditions = { all: 'true', noted: `r.severity <> 'info'`, none: 'false' } as const

interface StoredEntry {
  type: 'event' | 'change'
  micros: string
  seq: string
  environment_id: number
  kind: string
  key: string
  name: string
  namespace: string | null
  action: string
  severity: 'info' | 'warning' | 'error'
  attributes: Record<string, string>
  uid: string
  from_health: number | null
  to_health: number | null
  state: Reason | null
  reason: Reason | null
}

/** Events of engines and changes of the inventory as one list, newest first. Throws invalid_input. */
export async function listTimeline(query: TimelineQuery, scope: Scope): Promise<TimelineEntry[]> {
  const params = new Params()
  const limit = params.add(query.limit)
  const common = `(extract(epoch FROM r.at) * 1000000)::bigint AS micros, r.id AS seq, r.at, r.id, r.environment_id, r.kind, r.key, r.name, r.namespace`
  const pick = (type: string, columns: string, text: string, only = 'true') =>
    `(SELECT '${type}' AS type, ${common}, ${columns} FROM ${type}s AS r WHERE ${only} AND ${conditions(query, scope, params, text)}
      ORDER BY r.at DESC, r.id DESC LIMIT ${limit})`
  const events = pick(
    'event',
    'r.action, r.severity, r.attributes, NULL AS uid, NULL::smallint AS from_health, NULL::smallint AS to_health, NULL::jsonb AS state, NULL::jsonb AS reason',
    'r.text',
    eventConditions[query.events ?? 'all'],
  )
  const changes = pick('change', `r.change, 'info', NULL::jsonb, r.uid, r.from_health, r.to_health, r.state, r.reason`, 'lower(r.name)')
  const { rows } = await pool().query<StoredEntry>(
    `SELECT * FROM (${events} UNION ALL ${changes}) AS entries ORDER BY at DESC, id DESC LIMIT ${limit}`,
    params.values,
  )
  return rows.map(toEntry)
}

function conditions(query: TimelineQuery, scope: Scope, params: Params, text: string): string {
  const found = [scopeCondition(scope, params)]
  if (query.environment !== undefined) found.push(`r.environment_id = ${params.add(environmentNumber(query.environment))}::int`)
  if (query.kind !== undefined) found.push(`r.kind = ${params.add(query.kind)}`)
  if (query.key !== undefined) found.push(`r.key = ${params.add(query.key)}`)
  if (query.since !== undefined) found.push(`r.at >= ${params.add(query.since)}::timestamptz`)
  if (query.until !== undefined) found.push(`r.at < ${params.add(query.until)}::timestamptz`)
  if (query.before !== undefined) found.push(beforeCondition(query.before, params))
  for (const word of cleanText(query.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)) {
    found.push(`${text} LIKE ${params.add(`%${escapeLike(word)}%`)}`)
  }
  return allOf(found)
}

function beforeCondition(before: string, params: Params): string {
  const [, micros, seq] = /^(\d{1,17})-(\d{1,18})$/.exec(before) ?? []
  if (!micros || !seq) throw new AppError('invalid_input', `"${before}" is no entry of a timeline.`, { details: { field: 'before' } })
  const at = `'epoch'::timestamptz + ${params.add(micros)}::bigint * interval '1 microsecond'`
  return `(r.at, r.id) < (${at}, ${params.add(seq)}::bigint)`
}

function toEntry(stored: StoredEntry): TimelineEntry {
  const subject = {
    id: `${stored.micros}-${stored.seq}`,
    at: new Date(Number(stored.micros) / 1000).toISOString(),
    environment: String(stored.environment_id),
    kind: stored.kind,
    key: stored.key,
    name: stored.name,
    namespace: stored.namespace,
  }
  if (stored.type === 'event') {
    return { type: 'event', ...subject, action: stored.action, severity: stored.severity, attributes: stored.attributes }
  }
  const health = (rank: number | null) => (rank === null ? null : healths[rank]!)
  const change = stored.action as 'appeared' | 'removed' | 'health'
  const { uid, state, reason } = stored
  return { type: 'change', ...subject, uid, change, from: health(stored.from_health), to: health(stored.to_health), state, reason }
}
