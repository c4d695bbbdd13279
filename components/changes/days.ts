import type { Activity, Outcome } from '#lib/model/activity.ts'
import type { Change } from '#lib/model/change.ts'

type EngineEvent = Extract<Change, { type: 'event' }>

/** Activities of one selection stand as one line, so does what an engine says of one thing again and again. */
export type Entry =
  | { type: 'repeat'; id: string; at: string; changes: EngineEvent[] }
  | { type: 'one'; id: string; at: string; change: Change }
  | { type: 'batch'; id: string; at: string; batch: string; activities: Activity[] }

/** Changes of one UTC day, `2026-11-21`, newest first. */
export interface Day {
  day: string
  entries: Entry[]
}

const dayOf = (instant: string) => instant.slice(0, 10)

/** Folds the activities of one selection into one entry, where its newest one stands. */
export function foldBatches(changes: readonly Change[]): Entry[] {
  const batches = new Map<string, Extract<Entry, { type: 'batch' }>>()
  const entries: Entry[] = []
  for (const change of changes) {
    const batch = change.type === 'activity' ? change.activity.batch : null
    if (change.type !== 'activity' || batch === null) {
      entries.push({ type: 'one', id: change.id, at: change.at, change })
      continue
    }
    const known = batches.get(batch)
    if (known) known.activities.push(change.activity)
    else {
      const entry: Entry = { type: 'batch', id: change.id, at: change.at, batch, activities: [change.activity] }
      batches.set(batch, entry)
      entries.push(entry)
    }
  }
  // One thing chosen out of a list is no selection to speak of.
  return entries.map((entry) =>
    entry.type === 'batch' && entry.activities.length === 1
      ? {
          type: 'one',
          id: entry.id,
          at: entry.at,
          change: { type: 'activity', id: entry.id, at: entry.at, activity: entry.activities[0]! },
        }
      : entry,
  )
}

const sameThing = (a: EngineEvent, b: EngineEvent) =>
  a.environment === b.environment &&
  a.kind === b.kind &&
  a.key === b.key &&
  a.action === b.action &&
  a.after?.id === b.after?.id &&
  dayOf(a.at) === dayOf(b.at)

/** Folds neighbours that say the same of the same thing on the same day. */
export function foldRepeats(entries: readonly Entry[]): Entry[] {
  const folded: Entry[] = []
  for (const entry of entries) {
    const last = folded.at(-1)
    if (entry.type !== 'one' || entry.change.type !== 'event' || !last) folded.push(entry)
    else if (last.type === 'repeat' && sameThing(last.changes[0]!, entry.change)) last.changes.push(entry.change)
    else if (last.type === 'one' && last.change.type === 'event' && sameThing(last.change, entry.change))
      folded[folded.length - 1] = { type: 'repeat', id: last.id, at: last.at, changes: [last.change, entry.change] }
    else folded.push(entry)
  }
  return folded
}

/** Entries under the day they happened on; keeps their order. */
export function groupByDay(entries: readonly Entry[]): Day[] {
  const days: Day[] = []
  for (const entry of entries) {
    const day = dayOf(entry.at)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

/** How many of a selection ended how. */
export function countOutcomes(activities: readonly Activity[]): Record<Outcome, number> {
  const counts = { running: 0, succeeded: 0, failed: 0, interrupted: 0 }
  for (const { outcome } of activities) counts[outcome]++
  return counts
}

/** The outcome that a selection as a whole is drawn with: the worst, once nothing runs any more. */
export function outcomeOfBatch(activities: readonly Activity[]): Outcome {
  const counts = countOutcomes(activities)
  return (['running', 'failed', 'interrupted'] as const).find((outcome) => counts[outcome] > 0) ?? 'succeeded'
}
