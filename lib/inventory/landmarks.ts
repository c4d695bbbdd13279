import { LRUCache } from 'lru-cache'
import type { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { once } from '../once.ts'
import type { Place } from './order.ts'
import { sharedKey } from './shared.ts'

/** A place in a list, and how many rows were before it a moment ago. */
export interface Landmark {
  position: number
  place: Place
}

/** Fewer rows are walked through in no time, and counted exactly. */
export const landmarkEvery = 1_000
/** For so long rows may drift from the number they once had. */
const believedMs = 30_000
/** Some 150 bytes each: a few MB at most. */
const mostKept = 40_000

const known = () =>
  once(
    'inventory.landmarks',
    () =>
      new LRUCache<string, readonly Landmark[]>({ max: 500, ttl: believedMs, maxSize: mostKept, sizeCalculation: (all) => 1 + all.length }),
  )

/** Equal for the same rows in the same order, whatever the window. */
export const orderKey = (what: string, query: ResourceQuery, scope: Scope): string =>
  sharedKey(`${what} ${query.sort.descending ? '-' : ''}${query.sort.field}`, query, scope)

const keyOf = (query: ResourceQuery, scope: Scope) => orderKey('landmarks', query, scope)

/**
 * Where to count from when a window is asked for by its position: OFFSET reads every row that it passes over, and in the
 * order of a fact it reads them whole (100 ms for 30,000). Whoever numbers a list, or walks through it, leaves landmarks.
 */
export function landmarkBefore(query: ResourceQuery, scope: Scope, position: number): Landmark | undefined {
  return known()
    .get(keyOf(query, scope))
    ?.findLast((landmark) => landmark.position <= position)
}

/** Replaces what is known of a list; `landmarks` are in its order. */
export const setLandmarks = (query: ResourceQuery, scope: Scope, landmarks: readonly Landmark[]): void =>
  void known().set(
    keyOf(query, scope),
    landmarks.filter(({ position }) => position >= landmarkEvery),
  )

/** Adds one; how long the others are believed does not change. */
export function addLandmark(query: ResourceQuery, scope: Scope, landmark: Landmark): void {
  const key = keyOf(query, scope)
  const all = [...(known().get(key) ?? []), landmark].toSorted((a, b) => a.position - b.position)
  known().set(key, all, { ttl: known().getRemainingTTL(key) || believedMs })
}

/** Forgets them all. */
export const forgetLandmarks = (): void => known().clear()
