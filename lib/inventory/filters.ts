import { AppError } from '../errors/index.ts'
import { healths, rankOf } from '../model/health.ts'
import type { Filter } from '../model/query.ts'
import { indexedText, type Field } from './fields.ts'
import { anyOf, cleanText, escapeLike, type Params } from './sql.ts'

const invalid = (field: string, message: string) =>
  new AppError('invalid_input', message, { reason: { code: 'invalid-filter', params: { field } }, details: { field } })

/** A number between the bounds of an id in SQL. Throws invalid_input. */
export function environmentNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw invalid('environment', `"${text}" is not the id of an environment.`)
  return Number(text)
}

function rank(text: string): number {
  const health = healths.find((known) => known === text)
  if (!health) throw invalid('health', `"${text}" is not a health; there are ${healths.join(', ')}.`)
  return rankOf(health)
}

function numberOf(field: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw invalid(field, `"${text}" is not a number.`)
  return value
}

function instantOf(field: string, text: string): string {
  const value = new Date(text)
  if (Number.isNaN(value.getTime())) throw invalid(field, `"${text}" is not an instant in ISO 8601.`)
  return value.toISOString()
}

/** The type of a parameter and how a filter's text becomes one. */
const scalars = {
  text: { type: 'text', read: (_: string, text: string) => cleanText(text) },
  number: { type: 'double precision', read: numberOf },
  instant: { type: 'timestamptz', read: instantOf },
  health: { type: 'smallint', read: (_: string, text: string) => rank(text) },
  environment: { type: 'integer', read: (_: string, text: string) => environmentNumber(text) },
} as const

/** One filter as a condition over `r`. A value of '' means "has none". Throws invalid_input. */
export function filterCondition(field: Field, filter: Filter, params: Params): string {
  if (field.type === 'list') return listCondition(field, filter, params)
  if (field.type === 'labels') return labelsCondition(filter, params)
  return scalarCondition(field, field.type, filter, params)
}

function scalarCondition(field: Field, type: keyof typeof scalars, { op, values }: Filter, params: Params): string {
  const scalar = scalars[type]
  const read = (text: string) => scalar.read(field.name, text)
  if (op === 'gt' || op === 'lt') {
    if (type !== 'number' && type !== 'instant' && type !== 'text')
      throw invalid(field.name, `"${field.name}" cannot be compared by ${op}.`)
    return `${field.value} ${op === 'gt' ? '>' : '<'} ${params.add(read(values[0]!))}::${scalar.type}`
  }
  if (op === 'has') {
    if (type !== 'text') throw invalid(field.name, `"${field.name}" is no text to look into.`)
    return anyOf(values.map((value) => `lower(${field.value}) LIKE ${params.add(contains(value))}`))
  }
  const given = values.filter((value) => value !== '').map(read)
  const alternatives = given.length ? [equalsAny(field, given, scalar.type, params)] : []
  // An empty text is as good as none.
  if (given.length < values.length) alternatives.push(`${field.value} IS NULL`, ...(type === 'text' ? [`${field.value} = ''`] : []))
  return op === 'not' ? `(${anyOf(alternatives)}) IS NOT TRUE` : anyOf(alternatives)
}

/**
 * A text is looked up by what its index holds and then compared to the letter. The comparison hides in a CASE: the
 * planner would else take the two for independent and expect far too few rows.
 */
function equalsAny(field: Field, given: readonly (string | number)[], type: string, params: Params): string {
  const range = field.type === 'health' ? rangeOf(given as number[]) : null
  // A range can be read from an index in the order of health, a set of ranks cannot.
  if (range) return `${field.value} BETWEEN ${range.first} AND ${range.last}`
  const equal = `${field.value} = ANY(${params.add(given)}::${type}[])`
  if (!field.indexed) return equal
  const indexed = given.map((value) => indexedText(String(value)))
  return `${field.indexed} = ANY(${params.add(indexed)}::text[]) AND CASE WHEN ${equal} THEN true ELSE false END`
}

function rangeOf(ranks: readonly number[]): { first: number; last: number } | null {
  const [first, last] = [Math.min(...ranks), Math.max(...ranks)]
  return last - first + 1 === new Set(ranks).size ? { first, last } : null
}

const contains = (text: string) => `%${escapeLike(cleanText(text).toLowerCase())}%`

/** A set of the texts in a list (at `list`), whether it is an array of SQL, of texts in JSON or of objects in JSON. */
export const elementsOf = (field: Field, list = field.value): string =>
  field.value === 'r.images'
    ? `SELECT unnest(${list}) AS element`
    : `SELECT coalesce(v.value, e.item #>> '{}') AS element
       FROM jsonb_array_elements(CASE jsonb_typeof(${list}) WHEN 'array' THEN ${list} ELSE '[]' END) AS e(item)
       LEFT JOIN LATERAL jsonb_each_text(CASE jsonb_typeof(e.item) WHEN 'object' THEN e.item END) AS v ON true`

function listCondition(field: Field, { op, values }: Filter, params: Params): string {
  if (op === 'gt' || op === 'lt') throw invalid(field.name, `"${field.name}" cannot be compared by ${op}.`)
  const elements = elementsOf(field)
  const some = (condition: string) => `EXISTS (SELECT FROM (${elements}) AS l WHERE ${condition})`
  if (op === 'has') return some(anyOf(values.map((value) => `lower(l.element) LIKE ${params.add(contains(value))}`)))
  const given = values.filter((value) => value !== '').map(cleanText)
  const alternatives = given.length ? [some(`l.element = ANY(${params.add(given)}::text[])`)] : []
  if (given.length < values.length) alternatives.push(`NOT ${some('true')}`)
  return op === 'not' ? `NOT (${anyOf(alternatives)})` : anyOf(alternatives)
}

/** `labels:has:name` or `labels:is:name=value`. */
function labelsCondition({ op, values }: Filter, params: Params): string {
  if (op === 'gt' || op === 'lt') throw invalid('labels', `"labels" cannot be compared by ${op}.`)
  const named = values.map((value) => {
    const [name = '', ...rest] = cleanText(value).split('=')
    return rest.length ? `r.labels ->> ${params.add(name)}::text = ${params.add(rest.join('='))}` : `r.labels ? ${params.add(name)}::text`
  })
  return op === 'not' ? `(${anyOf(named)}) IS NOT TRUE` : anyOf(named)
}
