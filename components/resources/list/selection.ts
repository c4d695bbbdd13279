/**
 * What is selected: single rows, or all that match the query with the number that was shown when it was chosen.
 * `last` is where a range with shift begins.
 */
export type Selection<T extends { id: string }> =
  | { mode: 'some'; rows: ReadonlyMap<string, T>; last: string | null }
  | { mode: 'all'; count: number }

export const nothing = <T extends { id: string }>(): Selection<T> => ({ mode: 'some', rows: new Map(), last: null })

export const sizeOf = <T extends { id: string }>(selection: Selection<T>): number =>
  selection.mode === 'all' ? selection.count : selection.rows.size

export const isSelected = <T extends { id: string }>(selection: Selection<T>, id: string): boolean =>
  selection.mode === 'all' || selection.rows.has(id)

/** Selects or lets go of one row. Out of "all", it leaves the rows at hand but this one. */
export function toggle<T extends { id: string }>(selection: Selection<T>, row: T, atHand: readonly T[]): Selection<T> {
  const rows = new Map(selection.mode === 'all' ? atHand.map((r) => [r.id, r]) : selection.rows)
  if (!rows.delete(row.id)) rows.set(row.id, row)
  return { mode: 'some', rows, last: row.id }
}

/** Selects everything between the last row chosen and this one, in the order of `atHand`. */
export function extend<T extends { id: string }>(selection: Selection<T>, row: T, atHand: readonly T[]): Selection<T> {
  if (selection.mode === 'all') return selection
  const from = atHand.findIndex((r) => r.id === selection.last)
  const to = atHand.findIndex((r) => r.id === row.id)
  if (from < 0 || to < 0) return toggle(selection, row, atHand)
  const rows = new Map(selection.rows)
  for (const r of atHand.slice(Math.min(from, to), Math.max(from, to) + 1)) rows.set(r.id, r)
  return { mode: 'some', rows, last: row.id }
}

/** The box in the head: all that match, or nothing. */
export const toggleAll = <T extends { id: string }>(selection: Selection<T>, count: number): Selection<T> =>
  sizeOf(selection) > 0 ? nothing() : { mode: 'all', count }

/** Selected rows with their newest values, so that what an action may do is judged by what is true now. */
export function refresh<T extends { id: string }>(selection: Selection<T>, atHand: readonly T[]): Selection<T> {
  if (selection.mode === 'all' || !atHand.some((r) => selection.rows.has(r.id) && selection.rows.get(r.id) !== r)) return selection
  const rows = new Map(selection.rows)
  for (const row of atHand) if (rows.has(row.id)) rows.set(row.id, row)
  return { ...selection, rows }
}
