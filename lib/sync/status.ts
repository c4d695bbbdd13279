import type { EnvironmentState } from '../model/environment.ts'
import type { Reason } from '../model/reason.ts'

/** What is known of one environment's following. */
export interface Status {
  state: EnvironmentState
  /** Why it is not live. */
  error: Reason | null
  /** Kinds that are not followed, though the environment is, and why. */
  unfollowed: Readonly<Record<string, Reason>>
  /** Milliseconds since 1970; null when it never answered. */
  lastContactAt: number | null
  engineVersion: string | null
}

export type Observation =
  /** The engine answered a probe. */
  | { type: 'answered'; version: string }
  /** It said something while it is followed; `caughtUp` when all kinds were listed and written and nothing waits for long. */
  | { type: 'followed'; caughtUp: boolean }
  /** A kind cannot be followed at present; null: it is. */
  | { type: 'unfollowed'; kind: string; reason: Reason | null }
  /** An attempt failed; `answering` when the engine had answered in that attempt. */
  | { type: 'failed'; reason: Reason; answering: boolean }
  /** Time went by. */
  | { type: 'silence' }

const silent: Reason = { code: 'engine-silent' }

/** The next status. Stale is who was silent for `staleAfterMs`: a shorter break is not worth a word. */
export function statusAfter(status: Status, seen: Observation, now: number, staleAfterMs: number): Status {
  // Which kinds cannot be followed is told anew each time.
  if (seen.type === 'answered') return { ...contacted(status, now), engineVersion: seen.version, unfollowed: {} }
  if (seen.type === 'unfollowed') return { ...status, unfollowed: unfollowedAfter(status.unfollowed, seen.kind, seen.reason) }
  if (seen.type === 'followed') {
    const next = contacted(status, now)
    if (seen.caughtUp) return { ...next, state: 'live', error: null }
    // Why it was not followed before does not hold any more.
    return next.state === 'connecting' ? next : { ...next, state: 'behind', error: { code: 'sync-behind' } }
  }
  const error = seen.type === 'failed' ? seen.reason : status.error
  if (status.lastContactAt === null) return { ...status, state: 'connecting', error }
  if (now - status.lastContactAt >= staleAfterMs) return { ...status, state: 'stale', error: error ?? silent }
  if (seen.type === 'failed' && seen.answering) return { ...status, state: 'behind', error }
  return status
}

function unfollowedAfter(known: Status['unfollowed'], kind: string, reason: Reason | null): Status['unfollowed'] {
  const others = Object.fromEntries(Object.entries(known).filter(([name]) => name !== kind))
  return reason ? { ...others, [kind]: reason } : others
}

/** Who was silent and speaks again is not live before it is followed again. */
const contacted = (status: Status, now: number): Status =>
  status.state === 'stale' || status.state === 'paused'
    ? { ...status, state: 'behind', error: { code: 'sync-behind' }, lastContactAt: now }
    : { ...status, lastContactAt: now }
