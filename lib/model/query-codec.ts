import { formatFilter, formatSort, parseFilter, parseSort, ResourceQuery } from './query.ts'

/** A query before its defaults are filled in. */
export type QueryInput = Partial<ResourceQuery>

const defaults = ResourceQuery.parse({})

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
  set('sort', query.sort && formatSort(query.sort), formatSort(defaults.sort))
  set('anchor', query.window?.anchor)
  set('fraction', query.window?.fraction)
  set('before', query.window?.before, defaults.window.before)
  set('after', query.window?.after, defaults.window.after)
  return params
}

/** Reads what `formatQuery` wrote and fills in the defaults; parameters it does not know are left alone. Throws a ZodError. */
export function parseQuery(params: URLSearchParams): ResourceQuery {
  const text = (name: string) => params.get(name) || undefined
  const number = (name: string) => (params.has(name) ? Number(params.get(name)) : undefined)
  return ResourceQuery.parse({
    kind: text('kind'),
    category: text('category'),
    environment: text('environment'),
    text: text('q'),
    filters: params.getAll('f').map(parseFilter),
    sort: params.has('sort') ? parseSort(params.get('sort')!) : undefined,
    window: { anchor: text('anchor'), fraction: number('fraction'), before: number('before'), after: number('after') },
  })
}
