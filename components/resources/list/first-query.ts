import type { KindDescription } from '#lib/model/kind.ts'
import type { ResourceQuery } from '#lib/model/query.ts'
import { readListState, sortOf, usualSort } from './list-state.ts'
import { firstWindow } from './window.ts'

/** The parameters of a page as Next hands them over, as an address has them. */
export type PageParams = Record<string, string | string[] | undefined>

function paramsOf(params: PageParams): URLSearchParams {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => [name, one]),
  )
  return new URLSearchParams(pairs)
}

/** The first window of the list that an address describes: what the server renders and the browser goes on from. */
export function firstQuery(
  target: Pick<ResourceQuery, 'kind' | 'category' | 'environment'>,
  params: PageParams,
  kinds: readonly Pick<KindDescription, 'columns'>[],
): ResourceQuery {
  const state = readListState(paramsOf(params))
  return {
    ...target,
    text: state.text || undefined,
    filters: state.filters,
    sort: sortOf(state, usualSort(kinds[0]?.columns ?? [])),
    window: firstWindow,
  }
}
