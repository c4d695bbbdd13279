import { healths } from '../model/health.ts'
import type { Reason } from '../model/reason.ts'
import type { Facts, Row } from '../model/resource.ts'
import { kindOf } from './kinds.ts'

/** What a list reads of `r`. Instants leave Postgres as milliseconds, which is cheaper than parsing dates. */
export const rowColumns = `r.id, r.environment_id, r.kind, r.key, r.uid, r.version, r.namespace, r.name, r.health, r.state, r.reason,
  ${['since', 'created_at', 'observed_at'].map((name) => `(extract(epoch FROM r.${name}) * 1000)::double precision AS ${name}`).join(', ')},
  r.facts, r.images, r.labels`

/** A row as `rowColumns` answer it. */
export interface StoredRow {
  id: string
  environment_id: number
  kind: string
  key: string
  uid: string
  version: string
  namespace: string | null
  name: string
  health: number
  state: Reason
  reason: Reason | null
  since: number | null
  created_at: number | null
  observed_at: number
  facts: Facts
  images: string[]
  labels: Record<string, string>
}

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()
const isoOrNull = (milliseconds: number | null) => (milliseconds === null ? null : iso(milliseconds))

/** As a list shows it, with what its own state forbids. */
export function toRow(stored: StoredRow): Row {
  const row = {
    id: stored.id,
    environment: String(stored.environment_id),
    kind: stored.kind,
    key: stored.key,
    uid: stored.uid,
    version: stored.version,
    namespace: stored.namespace,
    name: stored.name,
    health: healths[stored.health]!,
    state: stored.state,
    reason: stored.reason,
    since: isoOrNull(stored.since),
    createdAt: isoOrNull(stored.created_at),
    observedAt: iso(stored.observed_at),
    facts: stored.facts,
    images: stored.images,
    labels: stored.labels,
  }
  return { ...row, blocked: blockedActions(row) }
}

function blockedActions(row: Pick<Row, 'kind' | 'health' | 'state' | 'facts'>): Row['blocked'] {
  const { actions, terminalBlockedBy } = kindOf(row.kind)
  const blocked: Row['blocked'] = {}
  for (const { name, blockedBy } of [...actions, { name: 'terminal', blockedBy: terminalBlockedBy }]) {
    const reason = blockedBy?.(row)
    if (reason !== undefined) blocked[name] = reason
  }
  return blocked
}
