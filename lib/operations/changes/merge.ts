import { AppError } from '../../errors/index.ts'
import type { Change } from '../../model/change.ts'

/**
 * How far each source was read: its last change on the page, null while none of it was shown. Of activities
 * `milliseconds-id`, because ids made at the same moment by several programs are not in the order of time.
 */
export interface Cursor {
  activities: string | null
  timeline: string | null
}

export const formatCursor = (cursor: Cursor): string => `${cursor.activities ?? ''}~${cursor.timeline ?? ''}`

/** Throws `invalid_input` for anything that `formatCursor` did not write. */
export function parseCursor(text: string | undefined): Cursor {
  if (text === undefined) return { activities: null, timeline: null }
  const parts = /^(\d{1,15}-[0-9a-f-]{36})?~([\w:.,|+-]{1,150})?$/.exec(text)
  if (!parts)
    throw new AppError('invalid_input', 'before: not a place in this list.', {
      reason: { code: 'input_not_valid', params: { field: 'before' } },
    })
  return { activities: parts[1] ?? null, timeline: parts[2] ?? null }
}

/** The place of an activity among the activities. */
export const placeOfActivity = ({ at, id }: Pick<Change, 'at' | 'id'>): string => `${Date.parse(at)}-${id}`

/** What `placeOfActivity` wrote. */
export function parsePlace(place: string): { at: Date; id: string } {
  const dash = place.indexOf('-')
  return { at: new Date(Number(place.slice(0, dash))), id: place.slice(dash + 1) }
}

const newestFirst = (a: Change, b: Change) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)

/**
 * One page out of two sources, newest first. Each source comes newest first, with one more than `limit` where it
 * goes on; each is continued from its own last change, so that nothing is lost or shown twice between pages. Within
 * one instant a source keeps its own order, which its cursor relies on; what was done comes below what it led to.
 */
export function mergePage(
  activities: readonly Change[],
  timeline: readonly Change[],
  limit: number,
  from: Cursor,
): { rows: Change[]; next: string | null } {
  const all = [...timeline, ...activities].sort(newestFirst)
  const rows = all.slice(0, limit)
  if (all.length <= limit) return { rows, next: null }
  const lastActivity = rows.findLast((row) => row.type === 'activity')
  const lastOther = rows.findLast((row) => row.type !== 'activity')
  const reached = lastActivity ? placeOfActivity(lastActivity) : from.activities
  return { rows, next: formatCursor({ activities: reached, timeline: lastOther?.id ?? from.timeline }) }
}
