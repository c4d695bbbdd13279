import type { Column, KindDescription } from '#lib/model/kind.ts'
import { leastWidthOf } from '../values/read.ts'

/** What a person chose for one view; kept in their browser. Names that no longer exist are passed over. */
export interface Chosen {
  /** All columns in order; new ones of the kind join at the end. */
  order: string[]
  shown: Record<string, boolean>
  /** Columns that stay beside the name when the table scrolls sideways. */
  pinned?: string[]
  /** Pixels; a column without one shares the room that is left. */
  widths?: Record<string, number>
}

/** A column as it stands in the table. */
export interface ArrangedColumn {
  column: Column
  shown: boolean
  /** State and name: they always lead, show and stay. */
  fixed: boolean
  pinned: boolean
  width: number | undefined
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

/** Columns in the chosen order: state, name, what is pinned, all others. */
export function arrange(columns: readonly Column[], chosen: Chosen | null): ArrangedColumn[] {
  const rank = new Map(chosen?.order.map((name, i) => [name, i]))
  const pinned = new Set(chosen?.pinned)
  const leads = (c: Column) => (c.type === 'health' ? 0 : c.type === 'name' ? 1 : pinned.has(c.name) ? 2 : 3)
  const places = new Map(columns.map((c, i) => [c.name, rank.get(c.name) ?? columns.length + i]))
  return columns
    .toSorted((a, b) => leads(a) - leads(b) || places.get(a.name)! - places.get(b.name)!)
    .map((column) => {
      const fixed = leads(column) < 2
      const shown = fixed || (chosen?.shown[column.name] ?? !column.hidden)
      return { column, fixed, shown, pinned: leads(column) === 2, width: chosen?.widths?.[column.name] }
    })
}

/** The choice that an arrangement comes from. */
const chosenOf = (arranged: readonly ArrangedColumn[]): Required<Chosen> => ({
  order: arranged.map((a) => a.column.name),
  shown: Object.fromEntries(arranged.map((a) => [a.column.name, a.shown])),
  pinned: arranged.flatMap((a) => (a.pinned ? [a.column.name] : [])),
  widths: Object.fromEntries(arranged.flatMap((a) => (a.width === undefined ? [] : [[a.column.name, a.width]]))),
})

/** The choice after one column moved by one place among those of its sort: what is pinned stays before what is not. */
export function move(arranged: readonly ArrangedColumn[], name: string, by: -1 | 1): Chosen {
  const chosen = chosenOf(arranged)
  const { order } = chosen
  const from = order.indexOf(name)
  const other = arranged[from + by]
  if (from >= 0 && other && !other.fixed && other.pinned === arranged[from]!.pinned)
    [order[from], order[from + by]] = [order[from + by]!, order[from]!]
  return chosen
}

export function show(arranged: readonly ArrangedColumn[], name: string, shown: boolean): Chosen {
  const chosen = chosenOf(arranged)
  return { ...chosen, shown: { ...chosen.shown, [name]: shown } }
}

export function pin(arranged: readonly ArrangedColumn[], name: string, pinned: boolean): Chosen {
  const chosen = chosenOf(arranged)
  const others = chosen.pinned.filter((one) => one !== name)
  return { ...chosen, pinned: pinned ? [...others, name] : others }
}

/** Pixels. */
export const widthBounds = { least: 56, most: 800, step: 16 } as const

/** The choice with a column of so many pixels; null gives it back its usual width. */
export function resize(arranged: readonly ArrangedColumn[], name: string, width: number | null): Chosen {
  const changed = arranged.map((a) => (a.column.name === name ? { ...a, width: width === null ? undefined : boundedWidth(width) } : a))
  return chosenOf(changed)
}

export const boundedWidth = (width: number): number => Math.round(Math.min(widthBounds.most, Math.max(widthBounds.least, width)))

/** The width below which the table scrolls sideways, of one column. */
export const leastOf = ({ column, width }: Pick<ArrangedColumn, 'column' | 'width'>): number => width ?? leastWidthOf(column)
