import { behindInMs } from '../model/environment.ts'
import type { ResourcePage } from '../model/inventory.ts'
import type { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { silentAfterMs } from '../settings.ts'
import { countTotal, type Total } from './counts.ts'
import { environmentsOf } from './freshness.ts'
import { addLandmark, landmarkBefore, landmarkEvery } from './landmarks.ts'
import { orderOf, placeOf, type Place } from './order.ts'
import { toRow } from './rows.ts'
import type { Params } from './sql.ts'
import { narrowed, scopeCondition, sourceOf, whereOf, type Source } from './where.ts'
import { countBefore, findPlace, placeAt, readRows, type Ordered, type PlacedRow } from './window.ts'

/**
 * The window of rows that a query asks for, and everything about the list around it. An anchor that is gone is
 * replaced by the fraction, if one is given, else by the beginning.
 * @throws invalid_input for a field that the list does not have · not_found for an unknown kind
 */
export async function listRows(query: ResourceQuery, scope: Scope, now = new Date()): Promise<ResourcePage> {
  const started = performance.now()
  const asked = sourceOf(query)
  const [source, environments] = await Promise.all([narrowed(asked, query.text), environmentsOf(asked, scope, query.environment, now)])
  const list = orderedList(
    query,
    source,
    scope,
    environments.map((environment) => Number(environment.id)),
  )
  const total = countTotal(query, source, scope, new Date())
  const [window, counted] = await Promise.all([readWindow(query, list, scope, () => total), total])
  const position = await positionOf(list, window, counted)
  return {
    rows: window.rows.map(toRow),
    head: {
      ...position,
      totalAt: counted.at,
      anchor: window.anchor,
      tookMs: Math.round((performance.now() - started) * 10) / 10,
      unfilteredTotal: counted.unfiltered,
      environments,
    },
    againAfterMs: soonest(counted.recountAfterMs, behindInMs(environments, now, silentAfterMs())),
  }
}

const soonest = (...delays: (number | null)[]): number | null =>
  delays.reduce((least, delay) => (least === null || (delay !== null && delay < least) ? delay : least))

/** The list that a query means, whole and in its order. */
export function orderedList(query: ResourceQuery, source: Source, scope: Scope, environments: readonly number[]): Ordered {
  const order = orderOf(query.sort, source, environments)
  return { source, order, where: (params) => whereOf(query, source, scope, params) }
}

interface Window {
  rows: PlacedRow[]
  anchor: string | null
  /** Known when the window was found by its position, or is at the beginning. */
  position: { position: number; exact: boolean } | null
  /** Fewer rows came than were asked for: the list ends here. */
  ended: boolean
}

async function readWindow(query: ResourceQuery, list: Ordered, scope: Scope, total: () => Promise<Total>): Promise<Window> {
  const { anchor, fraction, before, after } = query.window
  const scoped = (params: Params) => scopeCondition(scope, params)
  const anchored = anchor === undefined ? null : await findPlace(list, anchor, scoped)
  if (anchored) return around(list, anchored, before, after, null)
  if (!fraction) {
    const rows = await readRows(list, null, after)
    return { rows, anchor: null, position: { position: 0, exact: true }, ended: rows.length < after }
  }
  const counted = await total()
  const target = Math.min(Math.floor(fraction * counted.total), Math.max(0, counted.total - 1))
  const landmark = landmarkBefore(query, scope, target)
  const place = await placeAt(list, target, counted.total, landmark)
  if (place && target - (landmark?.position ?? 0) >= landmarkEvery) addLandmark(query, scope, { position: target, place })
  const exact = !landmark && (target <= counted.total / 2 || counted.recountAfterMs === null)
  return place
    ? around(list, place, before, after, { position: target, exact })
    : { rows: [], anchor: null, position: { position: 0, exact: true }, ended: true }
}

async function around(list: Ordered, place: Place, before: number, after: number, at: Window['position']): Promise<Window> {
  const [preceding, following] = await Promise.all([
    before ? readRows(list, place, before, true) : [],
    after ? readRows(list, place, after) : [],
  ])
  const rows = [...preceding.toReversed(), ...following]
  const start = at ?? (preceding.length < before ? { position: preceding.length, exact: true } : null)
  const position = start && { position: Math.max(0, start.position - preceding.length), exact: start.exact }
  return { rows, anchor: place.id, position, ended: following.length < after }
}

/** Where the window begins, and how long the list is: each tells something of the other. */
async function positionOf(list: Ordered, window: Window, counted: Total) {
  const first = window.rows[0] && placeOf(list.order, window.rows[0])
  let position = window.position
  if (!position && window.ended && counted.recountAfterMs === null) {
    position = { position: Math.max(0, counted.total - window.rows.length), exact: true }
  }
  position ??= first ? await countBefore(list, first) : { position: 0, exact: false }
  // What is on the screen from beginning to end needs no counting, and must not disagree with a count 2 s old.
  const seen = position.position + window.rows.length
  const whole = position.exact && window.ended && (window.rows.length > 0 || position.position === 0)
  const total = whole ? { total: seen, exact: true } : { total: Math.max(counted.total, counted.exact ? 0 : seen), exact: counted.exact }
  const last = Math.max(0, (counted.exact ? total.total : Infinity) - window.rows.length)
  return {
    total: total.total,
    totalExact: total.exact,
    position: position.exact ? position.position : Math.min(position.position, last),
    positionExact: position.exact,
  }
}
