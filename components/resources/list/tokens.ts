import type { Column } from '#lib/model/kind.ts'
import type { Filter } from '#lib/model/query.ts'

/** A column as a person may name it: by its field or its title in their language. */
export interface Field {
  column: Column
  title: string
  /** What the query calls a value that a person wrote in words; the words themselves where it is left out. */
  read?: (words: string) => string
}

const signs: Record<string, Filter['op']> = { '!=': 'not', '>': 'gt', '<': 'lt', '=': 'is', ':': 'has' }
/** Columns of words: a colon looks into them. Of all others it means "is". */
const wordy = new Set<Column['type']>(['name', 'text', 'mono', 'link', 'list', 'ports', 'images'])
const comparable = new Set<Column['type']>(['number', 'bytes', 'instant'])

const fold = (text: string) => text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ')

export const fieldNamed = (fields: readonly Field[], text: string): Field | undefined =>
  fields.find((f) => fold(f.title) === fold(text) || fold(f.column.name) === fold(text))

/**
 * Reads what was typed as a filter (`project = shop, cart`, `restarts > 3`, `image: postgres`), or null when it is free
 * text: a field nobody knows, no value yet, or a comparison that the column cannot make.
 */
export function readToken(text: string, fields: readonly Field[]): Filter | null {
  const match = /^([^=<>:!]+?)\s*(!=|>|<|=|:)\s*(.+)$/.exec(text.trim())
  const field = match && fieldNamed(fields, match[1]!)
  if (!match || !field) return null
  const values = match[3]!
    .split(',')
    .map((v) => v.trim())
    .filter(Boolean)
  const op = signs[match[2]!]!
  const { name, type } = field.column
  if (!values.length || ((op === 'gt' || op === 'lt') && !comparable.has(type))) return null
  const read = values.map((value) => field.read?.(value) ?? value)
  if (op === 'has' && wordy.has(type)) return { field: name, op, values: read }
  const equal = read.length > 1 ? 'in' : 'is'
  return { field: name, op: op === 'is' || op === 'has' ? equal : op, values: read }
}

const isChoice = (filter: Filter) => filter.op === 'is' || filter.op === 'in'

/** Ticks or unticks one value of a facet, keeping one filter a field. */
export function toggleValue(filters: readonly Filter[], field: string, value: string): Filter[] {
  const known = filters.find((f) => f.field === field && isChoice(f))
  const others = filters.filter((f) => f !== known)
  const values = known?.values ?? []
  const next = values.includes(value) ? values.filter((v) => v !== value) : [...values, value]
  return next.length ? [...others, { field, op: next.length > 1 ? 'in' : 'is', values: next }] : others
}

export const valuesOf = (filters: readonly Filter[], field: string): readonly string[] =>
  filters.find((f) => f.field === field && isChoice(f))?.values ?? []
