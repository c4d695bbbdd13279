import type { Column, KindDescription } from '#lib/model/kind.ts'

/** What a person chose for one view; kept in their browser. Names that no longer exist are passed over. */
export interface Chosen {
  /** All columns in order; new ones of the kind join at the end. */
  order: string[]
  shown: Record<string, boolean>
}

const environmentColumn: Column = { name: 'environment', type: 'environment', sortable: true, facet: true, hidden: false }

/** The columns of a list: those that all its kinds have; across environments also where a row is. */
export function columnsOf(kinds: readonly KindDescription[], fleet: boolean): Column[] {
  const [first, ...others] = kinds
  const common = (first?.columns ?? []).filter((c) =>
    others.every((kind) => kind.columns.some((o) => o.name === c.name && o.type === c.type)),
  )
  if (!fleet) return common
  const at = common.findIndex((c) => c.type === 'name') + 1
  return [...common.slice(0, at), environmentColumn, ...common.slice(at)]
}

/** Columns in the chosen order, each with whether it is shown. State and name always lead and always show. */
export function arrange(columns: readonly Column[], chosen: Chosen | null): { column: Column; shown: boolean; fixed: boolean }[] {
  const rank = new Map(chosen?.order.map((name, i) => [name, i]))
  const leads = (c: Column) => (c.type === 'health' ? 0 : c.type === 'name' ? 1 : 2)
  const place = (c: Column, i: number) => rank.get(c.name) ?? columns.length + i
  const places = new Map(columns.map((c, i) => [c.name, place(c, i)]))
  return columns
    .toSorted((a, b) => leads(a) - leads(b) || places.get(a.name)! - places.get(b.name)!)
    .map((column) => {
      const fixed = leads(column) < 2
      return { column, fixed, shown: fixed || (chosen?.shown[column.name] ?? !column.hidden) }
    })
}

/** The choice after one column moved by one place among those that can move. */
export function move(arranged: readonly { column: Column; shown: boolean; fixed: boolean }[], name: string, by: -1 | 1): Chosen {
  const order = arranged.map((a) => a.column.name)
  const from = order.indexOf(name)
  const other = arranged[from + by]
  if (from >= 0 && other && !other.fixed) [order[from], order[from + by]] = [order[from + by]!, order[from]!]
  return { order, shown: shownOf(arranged) }
}

export const show = (arranged: readonly { column: Column; shown: boolean; fixed: boolean }[], name: string, shown: boolean): Chosen => ({
  order: arranged.map((a) => a.column.name),
  shown: { ...shownOf(arranged), [name]: shown },
})

const shownOf = (arranged: readonly { column: Column; shown: boolean }[]) =>
  Object.fromEntries(arranged.map((a) => [a.column.name, a.shown]))
