import type { Filter, Sort } from '#lib/model/query.ts'
import { formatFilter, formatSort, parseSort, readFilter } from '#lib/model/query-text.ts'
import type { Column } from '#lib/model/kind.ts'
import type { Reference } from '#lib/model/resource.ts'

/** Everything of a list that its address holds. */
export interface ListState {
  text: string
  filters: Filter[]
  /** Null: worst first, which is what nobody chose. */
  sort: Sort | null
  /** The column by whose values the rows stand in groups. */
  group: string | null
  /** What is open in the drawer. */
  open: Reference | null
}

export const worstFirst: Sort = { field: 'health', descending: false }

/** Reads an address. What is not written well is left out: an old link shows more, never an error. */
export function readListState(params: URLSearchParams): ListState {
  const filters = params.getAll('f').flatMap((text) => readFilter(text) ?? [])
  const sort = params.get('sort')
  const [environment, kind, ...rest] = (params.get('open') ?? '').split('~')
  const key = rest.join('~')
  return {
    text: params.get('q') ?? '',
    filters,
    sort: sort ? parseSort(sort) : null,
    group: params.get('group'),
    open: environment && kind && key ? { environment, kind, key } : null,
  }
}

/** Writes the state into an address; parameters of others stay. */
export function writeListState(state: ListState, before: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(before)
  for (const name of ['q', 'f', 'sort', 'group', 'open']) params.delete(name)
  if (state.text) params.set('q', state.text)
  for (const filter of state.filters) params.append('f', formatFilter(filter))
  if (state.sort) params.set('sort', formatSort(state.sort))
  if (state.group) params.set('group', state.group)
  if (state.open) params.set('open', [state.open.environment, state.open.kind, state.open.key].join('~'))
  return params
}

/** The order nobody chose: worst first; of what has no health the newest first, else by name. */
export function usualSort(columns: readonly Column[]): Sort {
  if (columns.some((column) => column.type === 'health')) return worstFirst
  const time = columns.find((column) => column.type === 'instant' && column.sortable)
  return time ? { field: time.name, descending: true } : { field: 'name', descending: false }
}

/** The order that is asked for: groups stand together, so the column they go by comes first. */
export const sortOf = (state: ListState, usual: Sort): Sort =>
  state.group ? { field: state.group, descending: false } : (state.sort ?? usual)

/** First click sorts one way, the second the other, the third goes back to the usual order. */
export function nextSort(current: Sort | null, field: string, usual: Sort): Sort | null {
  const now = current ?? usual
  if (now.field !== field) return { field, descending: false }
  if (!now.descending) return { field, descending: true }
  return null
}
