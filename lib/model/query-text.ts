import type { Filter, ResourceQuery, Sort } from './query.ts'

/** How a query is written as text. The browser runs this too, so nothing here needs a schema. */

export const operators = ['is', 'not', 'in', 'gt', 'lt', 'has'] as const
/** The most characters of a filter's field and of each value, and the most values. */
export const filterBounds = { field: 100, value: 500, values: 100 } as const
export const usualSort: Sort = { field: 'health', descending: false }
export const usualWindow = { before: 0, after: 50 } as const

/** Values of a filter are separated by commas; a comma, colon or backslash inside one is escaped by a backslash. */
const escapeValue = (value: string) => value.replace(/[\\,:]/g, (c) => `\\${c}`)

function splitUnescaped(text: string, separator: string, limit = Infinity): string[] {
  const parts: string[] = ['']
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && i + 1 < text.length) parts[parts.length - 1] += c + text[++i]!
    else if (c === separator && parts.length < limit) parts.push('')
    else parts[parts.length - 1] += c
  }
  return parts
}
const unescapeValue = (value: string) => value.replace(/\\(.)/g, '$1')

export const formatFilter = (f: Filter): string => `${f.field}:${f.op}:${f.values.map(escapeValue).join(',')}`

/** Takes `field:op:a,b` apart without judging it. */
export function splitFilter(text: string): { field: string; op: string; values: string[] } {
  const [field = '', op = '', values = ''] = splitUnescaped(text, ':', 3)
  return { field: unescapeValue(field), op, values: splitUnescaped(values, ',').map(unescapeValue) }
}

/** Reads `field:op:a,b`; null for what the schema `Filter` would refuse. */
export function readFilter(text: string): Filter | null {
  const { field, op: written, values } = splitFilter(text)
  const op = operators.find((known) => known === written)
  const fits = field !== '' && field.length <= filterBounds.field && values.length <= filterBounds.values
  return op && fits && values.every((value) => value.length <= filterBounds.value) ? { field, op, values } : null
}

export const formatSort = (s: Sort): string => (s.descending ? `-${s.field}` : s.field)
export const parseSort = (text: string): Sort =>
  text.startsWith('-') ? { field: text.slice(1), descending: true } : { field: text, descending: false }

/** A query before its defaults are filled in. */
export type QueryInput = Partial<ResourceQuery>

/**
 * A query as a URL says it: `?kind=docker/containers&q=web&f=restarts:gt:3&sort=-restarts&after=100`.
 * What is as by default is left out, so that equal queries have equal URLs.
 */
export function formatQuery(query: QueryInput): URLSearchParams {
  const params = new URLSearchParams()
  const set = (name: string, value: string | number | undefined, usual?: string | number) => {
    if (value !== undefined && value !== '' && value !== usual) params.set(name, String(value))
  }
  set('kind', query.kind)
  set('category', query.category)
  set('environment', query.environment)
  set('q', query.text)
  for (const filter of query.filters ?? []) params.append('f', formatFilter(filter))
  set('sort', query.sort && formatSort(query.sort), formatSort(usualSort))
  set('anchor', query.window?.anchor)
  set('fraction', query.window?.fraction)
  set('before', query.window?.before, usualWindow.before)
  set('after', query.window?.after, usualWindow.after)
  return params
}
