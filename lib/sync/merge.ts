import type { Batch } from '../engines/engine.ts'

/** Two batches of one kind as one; `later` wins. What it leads to is what both lead to, one after the other. */
export function mergeBatches(earlier: Batch, later: Batch): Batch {
  if (later.complete) return mergeIntoComplete(earlier, later)
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
    ...(earlier.earlier && { earlier: without(earlier.earlier, new Set(later.deletes)) }),
    cursor: later.cursor ?? earlier.cursor,
  }
}

const without = (keys: readonly string[], gone: ReadonlySet<string>) => keys.filter((key) => !gone.has(key))

/** What `later` does not name itself but was told in parts before it is as `earlier` left it. */
function mergeIntoComplete(earlier: Batch, later: Batch): Batch {
  if (!later.earlier) return later
  const told = new Set(earlier.upserts.map((one) => one.summary.key))
  const stays = new Set(earlier.complete ? earlier.earlier : later.earlier)
  if (!earlier.complete) for (const key of earlier.deletes) stays.delete(key)
  const keys = later.earlier.filter((key) => told.has(key) || stays.has(key))
  const named = new Set(later.upserts.map((one) => one.summary.key))
  const exists = new Set(keys)
  const parts = earlier.upserts.filter(({ summary: { key } }) => exists.has(key) && !named.has(key))
  return { ...later, upserts: [...parts, ...later.upserts], earlier: keys }
}
