import type { Batch, Observed } from '../engines/engine.ts'
import { healths, rankOf } from '../model/health.ts'
import type { Reason } from '../model/reason.ts'
import { cleanText } from './sql.ts'

/** What the inventory knows of a resource that a batch speaks of. */
export interface Known {
  id: string
  key: string
  uid: string
  name: string
  namespace: string | null
  health: number
}

export interface Change {
  key: string
  uid: string
  name: string
  namespace: string | null
  change: 'appeared' | 'removed' | 'health'
  from_health: number | null
  to_health: number | null
  state: Reason | null
  reason: Reason | null
}

/** What a batch does to the tables; made without looking at any of them. */
export interface Plan {
  write: Observed[]
  /** Ids of rows. */
  remove: string[]
  changes: Change[]
  /** By how much each number moves: `namespace` is '' for none. */
  deltas: { namespace: string; health: number; delta: number }[]
  /** Where rows differ; null is "without a namespace". */
  namespaces: Set<string | null>
}

/** A resource named twice is as it was named last. */
export const lastOfEach = (upserts: readonly Observed[]): Observed[] => [
  ...new Map(upserts.map((one) => [cleanText(one.summary.key), one])).values(),
]

/**
 * Decides what to write. `differing` are the upserts that are new or of another version, each with what is known of
 * it; `gone` is what the batch ends. The first list of a kind tells nothing of when its rows came, so only later ones
 * (`followed`) record that something appeared.
 */
export function planBatch(
  differing: readonly { observed: Observed; known: Known | null }[],
  gone: readonly Known[],
  followed: boolean,
): Plan {
  const plan: Plan = { write: [], remove: gone.map((known) => known.id), changes: [], deltas: [], namespaces: new Set() }
  const moved = new Map<string, number>()
  const count = (namespace: string | null, health: number, by: number) => {
    const key = `${health}\n${namespace ?? ''}`
    moved.set(key, (moved.get(key) ?? 0) + by)
    plan.namespaces.add(namespace)
  }
  for (const known of gone) {
    count(known.namespace, known.health, -1)
    plan.changes.push(ended(known))
  }
  for (const { observed, known } of differing) {
    const { namespace, health } = observed.summary
    plan.write.push(observed)
    if (known) count(known.namespace, known.health, -1)
    count(namespace || null, rankOf(health), 1)
    plan.changes.push(...changesOf(observed, known, followed))
  }
  for (const [key, delta] of moved) {
    const [health = '', namespace = ''] = key.split('\n')
    if (delta !== 0) plan.deltas.push({ namespace, health: Number(health), delta })
  }
  return plan
}

function changesOf({ summary }: Observed, known: Known | null, followed: boolean): Change[] {
  const { key, uid, name, namespace, health, state, reason } = summary
  const now = { key, uid, name, namespace: namespace || null, to_health: rankOf(health), state, reason }
  const sameLife = known?.uid === uid
  if (sameLife) return known.health === now.to_health ? [] : [{ ...now, change: 'health', from_health: known.health }]
  const appeared: Change[] = known || followed ? [{ ...now, change: 'appeared', from_health: null }] : []
  return known ? [ended(known), ...appeared] : appeared
}

const ended = ({ key, uid, name, namespace, health }: Known): Change => ({
  key,
  uid,
  name,
  namespace,
  change: 'removed',
  from_health: healths[health] ? health : null,
  to_health: null,
  state: null,
  reason: null,
})

/** Keys that a complete batch says exist. */
export const existingKeys = ({ upserts, earlier = [] }: Batch): string[] => [...upserts.map((one) => one.summary.key), ...earlier]

/** Keys that a batch takes away by name; what it also brings stays. */
export function removedKeys(batch: Batch): string[] {
  const kept = new Set(batch.upserts.map((one) => one.summary.key))
  return batch.deletes.filter((key) => !kept.has(key))
}
