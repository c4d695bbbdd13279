import type { LiveList } from '../model/live.ts'

/** One run of a live query, each row written as JSON once, for all who look and for telling what differs. */
export interface Snapshot {
  ids: string[]
  rows: ReadonlyMap<string, string>
  head: string
  /** The head without what was measured: when only that differs, nothing changed. */
  meaning: string
  at: string
}

// How long the query took and when it was counted are different each time and say nothing new.
const measured = new Set(['tookMs', 'totalAt'])
const withoutMeasured = (key: string, value: unknown) => (measured.has(key) ? undefined : value)

export function snapshotOf(list: LiveList, at: Date): Snapshot {
  return {
    ids: list.rows.map((row) => row.id),
    rows: new Map(list.rows.map((row) => [row.id, JSON.stringify(row)])),
    head: JSON.stringify(list.head ?? null),
    meaning: JSON.stringify(list.head ?? null, withoutMeasured),
    at: at.toISOString(),
  }
}

const isSameOrder = (a: string[], b: string[]) => a.length === b.length && a.every((id, index) => id === b[index])
const bodiesOf = (snapshot: Snapshot, ids: Iterable<string>) => `[${[...ids].map((id) => snapshot.rows.get(id)).join(',')}]`

/**
 * The RowsFrame, as JSON, that leads from what a reader has (null: nothing) to `now`; null when it has that already.
 * A patch holds what differs and, when the set or the order of ids changed, the order.
 */
export function frameBetween(before: Snapshot | null, now: Snapshot): string | null {
  const at = JSON.stringify(now.at)
  if (!before) return `{"type":"all","rows":${bodiesOf(now, now.ids)},"head":${now.head},"at":${at}}`
  const upserts = now.ids.filter((id) => before.rows.get(id) !== now.rows.get(id))
  const sameOrder = isSameOrder(before.ids, now.ids)
  const sameHead = before.meaning === now.meaning
  if (upserts.length === 0 && sameOrder && sameHead) return null
  const order = sameOrder ? '' : `,"order":${JSON.stringify(now.ids)}`
  const head = sameHead ? '' : `,"head":${now.head}`
  return `{"type":"patch","upserts":${bodiesOf(now, upserts)}${order}${head},"at":${at}}`
}
