import { AppError } from '../errors/index.ts'
import type { Kind } from '../engines/engine.ts'
import type { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import { environmentNumber, filterCondition } from './filters.ts'
import { fieldOf } from './fields.ts'
import { findIds, type FoundIds } from './found.ts'
import { kindOf, kindsIn } from './kinds.ts'
import { searchablePattern } from './searchable.ts'
import { allOf, anyOf, cleanText, escapeLike, literal, type Params } from './sql.ts'

/** What a query is asked of: its kinds, and the rows of them as `r`. */
export interface Source {
  kinds: readonly Kind[]
  from: string
  events: boolean
  /** What the text is found in, when it is few enough to be told; see `narrowed`. */
  found?: FoundIds
}

/** Throws invalid_input without kind and category, not_found for a kind that nobody serves. */
export function sourceOf(query: Pick<ResourceQuery, 'kind' | 'category'>): Source {
  if (!query.kind && !query.category)
    throw new AppError('invalid_input', 'A list is of a kind or of a category.', { details: { field: 'kind' } })
  const kinds = query.kind ? [kindOf(query.kind)] : kindsIn(query.category!)
  const events = kinds.length > 0 && kinds.every((kind) => kind.category === 'event')
  const table = events ? 'event_rows' : 'resources'
  // The kind is a literal: partial indexes are chosen by it. Several kinds are merged in order, each by its own index.
  const parts = kinds.map((kind) => `SELECT * FROM ${table} WHERE kind = ${literal(kind.name)}`)
  return { kinds, events, from: `(${parts.join(' UNION ALL ') || `SELECT * FROM ${table} WHERE false`}) AS r` }
}

const isEverything = (scope: Scope) => scope.some((place) => place.environment === null && place.namespaces === null)

/** The permission: what is outside of it does not exist. */
export function scopeCondition(scope: Scope, params: Params, row = 'r'): string {
  if (isEverything(scope)) return 'true'
  const whole = scope.filter((place) => place.environment !== null && place.namespaces === null)
  const parts = scope.filter((place) => place.namespaces !== null)
  const conditions = whole.length
    ? [`${row}.environment_id = ANY(${params.add(whole.map((place) => Number(place.environment)))}::int[])`]
    : []
  for (const { environment, namespaces } of parts) {
    const within = `${row}.namespace = ANY(${params.add(namespaces)}::text[])`
    conditions.push(environment === null ? within : `${row}.environment_id = ${params.add(Number(environment))}::int AND ${within}`)
  }
  return anyOf(conditions)
}

const wordsOf = (text: string | undefined) =>
  cleanText(text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
const isLong = (word: string) => word.length >= 3

/** The source with the ids of what the text is found in, if those are few. */
export async function narrowed(source: Source, text: string | undefined): Promise<Source> {
  const patterns = wordsOf(text).filter(isLong).map(searchablePattern)
  if (source.events || !patterns.length) return source
  const found = await findIds(
    source.kinds.map((kind) => kind.name),
    patterns,
  )
  return found === null ? source : { ...source, found }
}

/** Whether the list is all that its text was found in, and nothing less. */
export const isAllFound = (query: ResourceQuery, scope: Scope): boolean =>
  isEverything(scope) && query.environment === undefined && !query.filters.length && wordsOf(query.text).every(isLong)

/** Each word of the text must be found; words under three letters begin the name, others are anywhere in what it is found by. */
export function textConditions(text: string | undefined, source: Pick<Source, 'events' | 'found'>, params: Params): string[] {
  const words = wordsOf(text)
  const conditions = words.filter((word) => !isLong(word)).map((word) => `r.sort_name LIKE ${params.add(`${escapeLike(word)}%`)}`)
  if (source.found !== undefined) return [...conditions, `r.id = ANY(${params.add(source.found.ids)}::bigint[])`]
  const long = words.filter(isLong).map((word) => params.add(source.events ? `%${escapeLike(word)}%` : searchablePattern(word)))
  if (!long.length) return conditions
  const column = source.events ? 'r.text' : 's.text'
  const found = long.map((pattern) => `${column} LIKE ${pattern}`).join(' AND ')
  return [...conditions, source.events ? found : `EXISTS (SELECT FROM search AS s WHERE s.resource_id = r.id AND ${found})`]
}

/** Everything a row must be to be in the list; `without` leaves the filters of one field out, for its facet. */
export function whereOf(query: ResourceQuery, source: Source, scope: Scope, params: Params, without?: string): string {
  const conditions = [scopeCondition(scope, params)]
  if (query.environment !== undefined) conditions.push(`r.environment_id = ${params.add(environmentNumber(query.environment))}::int`)
  for (const filter of query.filters) {
    const field = fieldOf(filter.field, source.kinds)
    if (filter.field !== without) conditions.push(filterCondition(field, filter, params))
  }
  conditions.push(...textConditions(query.text, source, params))
  return allOf(conditions.filter((condition) => condition !== 'true'))
}
