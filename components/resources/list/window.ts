import type { Window } from '#lib/model/query.ts'

/** Indexes of the first and last row on the screen, both inclusive. */
export interface View {
  first: number
  last: number
}
/** The rows at hand: `ids[0]` stands at index `position` of the whole list. */
export interface Held {
  position: number
  ids: readonly string[]
}

/** Rows kept on either side of the view, so that a short scroll asks for nothing. */
const reach = 60
/** Nearer than this to the edge of what is held, the next window is asked for. */
const margin = 20
/** The most rows one window may name on either side of its anchor. */
const bound = 200

export const firstWindow: Window = { before: 0, after: 120 }

/** Whether the view and a margin around it are held already. */
export function covers(held: Held, view: View, total: number): boolean {
  const from = Math.max(0, view.first - margin)
  const to = Math.min(total - 1, view.last + margin)
  return held.position <= from && held.position + held.ids.length > to
}

/**
 * The window to ask for so that `view` is covered, or null when it is. Near what is held it goes by an anchor,
 * so that rows coming and going elsewhere do not move it; further away by a fraction of the whole.
 */
export function windowFor(view: View, held: Held, total: number): Window | null {
  if (total === 0 || covers(held, view, total)) return null
  const from = Math.max(0, view.first - reach)
  const to = Math.min(total - 1, view.last + reach)
  if (from === 0) return { before: 0, after: Math.min(bound, Math.max(firstWindow.after, to + 1)) }
  const anchor = nearest(held, view.first)
  if (anchor && anchor.index - from <= bound && anchor.index - from >= 0 && to - anchor.index < bound)
    return { anchor: anchor.id, before: anchor.index - from, after: to - anchor.index + 1 }
  return { fraction: view.first / total, before: view.first - from, after: to - view.first + 1 }
}

function nearest(held: Held, index: number): { id: string; index: number } | undefined {
  const offset = Math.min(Math.max(index - held.position, 0), held.ids.length - 1)
  const id = held.ids[offset]
  return id === undefined ? undefined : { id, index: held.position + offset }
}

/**
 * How many rows the content above the view grew by between two states of the list, told by a row both hold.
 * 0 when no such row is known or it moved by itself, further than `most`.
 */
export function shiftOf(before: Held, after: Held, view: View, most = 50): number {
  const places = new Map(after.ids.map((id, i) => [id, after.position + i]))
  const shifts: number[] = []
  for (let index = view.first; index <= view.last && shifts.length < 15; index++) {
    const id = before.ids[index - before.position]
    const place = id === undefined ? undefined : places.get(id)
    if (place !== undefined) shifts.push(place - index)
  }
  if (!shifts.length) return 0
  // One row may have moved on its own; what most rows did is the shift.
  const median = shifts.toSorted((a, b) => a - b)[Math.floor(shifts.length / 2)]!
  return Math.abs(median) > most ? 0 : median
}

/** Rows in a held order with the newest values; `added` are ids that the held order does not have. */
export function holdOrder<T extends { id: string }>(order: readonly T[], now: readonly T[]): { rows: T[]; added: number } {
  const fresh = new Map(now.map((row) => [row.id, row]))
  const held = new Set(order.map((row) => row.id))
  return { rows: order.map((row) => fresh.get(row.id) ?? row), added: now.filter((row) => !held.has(row.id)).length }
}
