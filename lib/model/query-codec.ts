import { Filter, ResourceQuery } from './query.ts'
import { parseSort, splitFilter } from './query-text.ts'

/** Reads what `formatQuery` wrote and fills in the defaults; parameters it does not know are left alone. Throws a ZodError. */
export function parseQuery(params: URLSearchParams): ResourceQuery {
  const text = (name: string) => params.get(name) || undefined
  const number = (name: string) => (params.has(name) ? Number(params.get(name)) : undefined)
  return ResourceQuery.parse({
    kind: text('kind'),
    category: text('category'),
    environment: text('environment'),
    text: text('q'),
    filters: params.getAll('f').map((filter) => Filter.parse(splitFilter(filter))),
    sort: params.has('sort') ? parseSort(params.get('sort')!) : undefined,
    window: { anchor: text('anchor'), fraction: number('fraction'), before: number('before'), after: number('after') },
  })
}
