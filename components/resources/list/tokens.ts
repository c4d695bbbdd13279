import type { Column } from '#lib/model/kind.ts'
import type { Filter } from '#lib/model/query.ts'

/** A column as a person may name it: by its field or its title in their language. */
export interface Field {
  column: Column
  title: string
}

const signs: Record<string, Filter['op']> = { '!=': 'not', '>': 'gt', '<': 'lt', '=': 'is', ':': 'is' }

/** Columns whose value is a set: "is" means "has one like it". */
const manyValued = new Set<Column['type']>(['list', 'ports', 'images'])

const fold = (text: string) => text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ')

export const fieldNamed = (fields: readonly Field[], text: string): Field | undefined =>
  fields.find((f) => fold(f.title) === fold(text) || fold(f.column.name) === fold(text))

/**
 * Reads what was typed as a filter (`project = shop, cart`, `restarts > 3`, `image: postgres`), or null when it is free
 * text: a field nobody knows, no value yet, or more words than one before the sign that name no field.
 */
export function readToken(text: string, fields: readonly Field[]): Filter | null {
  const match = /^([^=<>:!]+?)\s*(!=|>|<|=|:)\s*(.+)$/.exec(text.trim())
  if (!match) return null
  const field = fieldNamed(fields, match[1]!)
  const values = match[3]!.split(',').map((v) => v.trim()).filter(Boolean)
  if (!field || !values.length) return null
  const op = signs[match[2]!]!
  if (op === 'is' && manyValued.has(field.column.type)) return { field: field.column.name, op: 'has', values }
  return { field: field.column.name, op: op === 'is' && values.length > 1 ? 'in' : op, values }
}

/** Ticks or unticks one value of a facet, keeping one filter a field. */
export function toggleValue(filters: readonly Filter[], column: Column, value: string): Filter[] {
  const known = filters.find((f) => f.field === column.name && f.op !== 'not' && f.op !== 'gt' && f.op !== 'lt')
  const others = filters.filter((f) => f !== known)
  const values = known?.values ?? []
  const next = values.includes(value) ? values.filter((v) => v !== value) : [...values, value]
  if (!next.length) return others
  const op: Filter['op'] = manyValued.has(column.type) ? 'has' : next.length > 1 ? 'in' : 'is'
  return [...others, { field: column.name, op, values: next }]
}

export const valuesOf = (filters: readonly Filter[], field: string): readonly string[] =>
  filters.find((f) => f.field === field && (f.op === 'is' || f.op === 'in' || f.op === 'has'))?.values ?? []
