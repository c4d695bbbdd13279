import { AppError } from '../../errors/index.ts'
import type { Change } from '../../model/change.ts'

/** How far each source was read: the id of its last change on the page, null while none of it was shown. */
export interface Cursor {
  activities: string | null
  timeline: string | null
}

export const formatCursor = (cursor: Cursor): string => `${cursor.activities ?? ''}~${cursor.timeline ?? ''}`

/** Throws `invalid_input` for anything that `formatCursor` did not write. */
export function parseCursor(text: string | undefined): Cursor {
  if (text === undefined) return { activities: null, timeline: null }
  const parts = /^([0-9a-f-]{36})?~([\w:.,|+-]{1,150})?$/.exec(text)
  if (!parts)
    throw new AppError('invalid_input', 'before: not a place in this list.', {
      reason: { code: 'input_not_valid', params: { field: 'before' } },
    })
  return { activities: parts[1] ?? null, timeline: parts[2] ?? null }
}

const newestFirst = (a: Change, b: Change) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1)

/**
 * One page out of two sources, newest first. Each source comes newest first, with one more than `limit` where it
 * goes on; each is continued from its own last change, so that nothing is lost or shown twice between pages.
 */
export function mergePage(
  activities: readonly Change[],
  timeline: readonly Change[],
  limit: number,
  from: Cursor,
): { rows: Change[]; next: string | null } {
  const all = [...activities, ...timeline].sort(newestFirst)
  const rows = all.slice(0, limit)
  if (all.length <= limit) return { rows, next: null }
  const lastActivity = rows.findLast((row) => row.type === 'activity')
  const lastOther = rows.findLast((row) => row.type !== 'activity')
  return { rows, next: formatCursor({ activities: lastActivity?.id ?? from.activities, timeline: lastOther?.id ?? from.timeline }) }
}
