import { LRUCache } from 'lru-cache'
import type { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { once } from '../once.ts'

/** How long a count on demand is shared between all who ask for it. */
export const shareMs = 2_000
/** What took long is shared no longer than this. */
const mostAgeMs = 5_000

interface Shared {
  value: Promise<unknown>
  startedAt: number
  tookMs: number | null
}

const cache = () => once('inventory.shared', () => new LRUCache<string, Shared>({ max: 5_000 }))

/** Equal for equal questions, whatever the order and the window in which their rows are shown. */
export const sharedKey = (what: string, { kind, category, environment, text, filters }: ResourceQuery, scope: Scope): string =>
  JSON.stringify([what, kind, category, environment, text, filters, scope])

/** An answer that others may have asked for: when it was found, and in how many ms asking finds anew. */
export interface Dated<T> {
  value: T
  at: string
  renewAfterMs: number
}

/**
 * Runs `find` at most once per `maxAgeMs` for equal keys, and takes no more than a tenth of the time: what is slow is
 * shared for longer, but not for long, as it may have been slow because the database hung. Failures are not kept.
 */
export async function share<T>(key: string, find: () => Promise<T>, maxAgeMs = shareMs): Promise<Dated<T>> {
  const known = cache().get(key)
  const fresh = known && Date.now() - known.startedAt < ageOf(known, maxAgeMs)
  const entry = fresh ? known : start(key, find)
  const value = (await entry.value) as T
  const age = Date.now() - entry.startedAt
  return { value, at: new Date(entry.startedAt).toISOString(), renewAfterMs: Math.max(0, ageOf(entry, maxAgeMs) - age) }
}

const ageOf = ({ tookMs }: Shared, maxAgeMs: number) => (tookMs === null ? Infinity : Math.max(maxAgeMs, Math.min(tookMs * 10, mostAgeMs)))

function start<T>(key: string, find: () => Promise<T>): Shared {
  const entry: Shared = { value: find(), startedAt: Date.now(), tookMs: null }
  cache().set(key, entry)
  entry.value.then(
    () => (entry.tookMs = Date.now() - entry.startedAt),
    () => cache().get(key) === entry && cache().delete(key),
  )
  return entry
}

/** Forgets what is shared under a key, or everything: what was found before a write is not answered after it. */
export const forgetShared = (key?: string): void => void (key === undefined ? cache().clear() : cache().delete(key))
