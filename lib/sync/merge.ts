import type { Batch } from '../engines/engine.ts'

/** Two batches of one kind as one; `later` wins. What it leads to is what both lead to, one after the other. */
export function mergeBatches(earlier: Batch, later: Batch): Batch {
  if (later.complete) return later
  const upserts = new Map(earlier.upserts.map((one) => [one.summary.key, one]))
  const deletes = new Set(earlier.deletes)
  for (const key of later.deletes) {
    upserts.delete(key)
    deletes.add(key)
  }
  for (const one of later.upserts) {
    // Set anew, so that the order of the map is the order in which things became what they are.
    upserts.delete(one.summary.key)
    upserts.set(one.summary.key, one)
    deletes.delete(one.summary.key)
  }
  return {
    kind: earlier.kind,
    upserts: [...upserts.values()],
    // A complete list says what exists; what is not in it is gone without being named.
    deletes: earlier.complete ? [] : [...deletes],
    complete: earlier.complete,
    cursor: later.cursor ?? earlier.cursor,
  }
}
