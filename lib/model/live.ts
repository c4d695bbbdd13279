import type { WireError } from '../errors/index.ts'
import type { Binding } from './binding.ts'

/** The socket's protocol, one socket per tab at /api/live. A browser opens channels by an id of its own choosing. */
export const channels = ['rows', 'logs', 'metrics', 'terminal'] as const
export type ChannelName = (typeof channels)[number]

/** The socket's close code when the session ended: the browser goes to sign-in instead of coming back. */
export const endedSession = 4401

export type ServerFrame =
  | { op: 'data'; id: string; data: unknown }
  /** Ends the channel; one whose code may be retried is opened again by the browser. */
  | { op: 'error'; id: string; error: WireError }
  | { op: 'end'; id: string }
  /** What this person may do, first of all and whenever it changed: what was decided by other rights is to be looked at again. */
  | { op: 'rights'; bindings: Binding[] }
  /** Sent every 5 s with the server's clock, so that a browser notices a dead socket and a wrong clock of its own. */
  | { op: 'beat'; at: string }

/**
 * Channel `rows`: params name an operation that answers a list and its input; the server runs it again when something
 * changed and sends what differs. The first frame is always `all`.
 */
export interface RowsParams {
  operation: string
  input: unknown
}
/** What an operation that can be followed answers: rows by id, and everything else about the list in `head`. */
export interface LiveList<T extends { id: string } = { id: string }, H = unknown> {
  rows: T[]
  head: H
  /**
   * After so many ms the answer may be another one although nothing that wakes the query happened, as when something
   * is missing for too long. Null or left out: never. Followed, the query is then run again.
   */
  againAfterMs?: number | null
}
export type RowsFrame =
  | { type: 'all'; rows: { id: string }[]; head: unknown; at: string }
  /** `order` is there when the order or the set of ids changed; `upserts` are rows that differ. */
  | { type: 'patch'; upserts: { id: string }[]; order?: string[]; head?: unknown; at: string }

/** Takes a frame in. Pure; the same function serves browser and tests. */
export function applyRowsFrame<T extends { id: string }, H>(list: LiveList<T, H> | undefined, frame: RowsFrame): LiveList<T, H> {
  if (frame.type === 'all' || !list) return { rows: (frame.type === 'all' ? frame.rows : []) as T[], head: frame.head as H }
  const byId = new Map(list.rows.map((row) => [row.id, row]))
  for (const row of frame.upserts) byId.set(row.id, row as T)
  const ids = frame.order ?? list.rows.map((row) => row.id)
  return {
    rows: ids.flatMap((id) => byId.get(id) ?? []),
    head: frame.head === undefined ? list.head : (frame.head as H),
  }
}
