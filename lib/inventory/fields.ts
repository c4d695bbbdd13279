import { AppError } from '../errors/index.ts'
import type { Kind } from '../engines/engine.ts'
import type { Column } from '../model/kind.ts'
import { literal } from './sql.ts'

/** How values of a field are compared; `list` holds many, `labels` are named. */
export type FieldType = 'text' | 'number' | 'instant' | 'health' | 'environment' | 'list' | 'labels'

/** One part of an order: an expression over `r`, and the type its values are handed back as. */
export interface Term {
  expression: string
  type: string
}

/** A field of a query as SQL. `value` is an expression over `r`, the row. */
export interface Field {
  name: string
  type: FieldType
  value: string
  /** What to sort by, before the id; null where an order makes no sense. */
  terms: readonly Term[] | null
  /** Rows without a value come last in either direction. */
  nullable: boolean
  /** For a fact in text: what its index holds, which finds equal values (and some more) fast. */
  indexed: string | null
}

const builtin = (name: string, type: FieldType, value: string, terms: Field['terms'], nullable = false): Field => ({
  name,
  type,
  value,
  terms,
  nullable,
  indexed: null,
})
const term = (expression: string, type: string): Term => ({ expression, type })

/** Longer words are cut in an index, whose entries have a limit. */
const textBound = 200
const wordTerm = (text: string) => `lower(left(${text}, ${textBound}) COLLATE "C")`

/** What every row has, whatever its kind. */
const builtins: readonly Field[] = [
  builtin('name', 'text', 'r.name', [term('r.sort_name', 'text')]),
  builtin('namespace', 'text', 'r.namespace', [term('r.namespace', 'text')], true),
  // Sorted by the environments' names, see order.ts.
  builtin('environment', 'environment', 'r.environment_id', []),
  builtin('health', 'health', 'r.health', [
    term('r.health', 'smallint'),
    term(`coalesce(r.since, 'infinity'::timestamptz)`, 'timestamptz'),
  ]),
  builtin('createdAt', 'instant', 'r.created_at', [term('r.created_at', 'timestamptz')], true),
  builtin('at', 'instant', 'r.created_at', [term('r.created_at', 'timestamptz')], true),
  builtin('since', 'instant', 'r.since', [term('r.since', 'timestamptz')], true),
  builtin('images', 'list', 'r.images', [term(wordTerm('r.images[1]'), 'text')], true),
  builtin('labels', 'labels', 'r.labels', null),
]

const factTypes: Record<Column['type'], FieldType> = {
  health: 'text',
  name: 'text',
  text: 'text',
  mono: 'text',
  link: 'text',
  boolean: 'text',
  kind: 'text',
  environment: 'text',
  severity: 'text',
  event: 'text',
  instant: 'text',
  number: 'number',
  bytes: 'number',
  list: 'list',
  ports: 'list',
  images: 'list',
}

/** A port that is published nowhere comes after all that are. */
const unpublished = 65_536

function portTerm(path: string): string {
  const first = (property: string) => `jsonb_path_query_first(r.facts -> ${path}, '$[0].${property} ? (@ > 0)')::double precision`
  return `coalesce(${first('hostPort')}, ${unpublished} + ${first('port')})`
}

/** The expression that sorts by a fact; the same text as in its index. A list is sorted by what it shows first. */
function factTerm(column: Column): Term {
  const path = literal(column.name)
  if (column.type === 'ports') return term(portTerm(path), 'double precision')
  if (factTypes[column.type] === 'list') return term(wordTerm(`r.facts -> ${path} ->> 0`), 'text')
  if (factTypes[column.type] === 'number') {
    const number = `CASE jsonb_typeof(r.facts -> ${path}) WHEN 'number' THEN (r.facts -> ${path})::double precision END`
    return term(`(${number})`, 'double precision')
  }
  return term(wordTerm(`r.facts ->> ${path}`), 'text')
}

/** A value as `factTerm` makes it of a text: under the collation "C" only A to Z have another case. */
export const indexedText = (value: string): string =>
  Array.from(value)
    .slice(0, textBound)
    .join('')
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function factField(column: Column): Field {
  const type = factTypes[column.type]
  const path = literal(column.name)
  const own = factTerm(column)
  const value = type === 'number' ? own.expression : type === 'list' ? `r.facts -> ${path}` : `((r.facts ->> ${path}) COLLATE "C")`
  return {
    name: column.name,
    type,
    value,
    terms: [own],
    nullable: true,
    indexed: type === 'text' ? own.expression : null,
  }
}

const sortedInEveryKind = (name: string) => name !== 'images' && builtins.some((field) => field.name === name)

/** The columns that a kind is sorted by with indexes of its own; those of the others serve every kind. */
export const ownSortColumns = (kind: Kind): Column[] => kind.columns.filter((column) => column.sortable && !sortedInEveryKind(column.name))

/**
 * The field called `name` of a list over `kinds`: a builtin, a label (`label.<name>`) or a fact that all of them have
 * in the same type. Throws invalid_input, naming it.
 */
export function fieldOf(name: string, kinds: readonly Kind[]): Field {
  const known = builtins.find((field) => field.name === name)
  if (known) return known
  if (name.startsWith('label.')) {
    const label = `r.labels ->> ${literal(name.slice('label.'.length))}`
    return builtin(name, 'text', label, null, true)
  }
  const columns = kinds.map((kind) => kind.columns.find((column) => column.name === name))
  const first = columns[0]
  if (!first || columns.some((column) => column?.type !== first.type)) throw unknownField(name)
  return factField(first)
}

export const unknownField = (name: string): AppError =>
  new AppError('invalid_input', `There is no field called "${name}" in this list.`, {
    reason: { code: 'unknown-field', params: { field: name } },
    details: { field: name },
  })

/** Throws invalid_input when rows cannot be put in order by this field. */
export function sortTerms(field: Field): readonly Term[] {
  if (field.terms) return field.terms
  throw new AppError('invalid_input', `A list cannot be sorted by "${field.name}".`, {
    reason: { code: 'field-not-sortable', params: { field: field.name } },
    details: { field: field.name },
  })
}
