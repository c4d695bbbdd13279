import type { Outcome } from '#lib/model/activity.ts'
import type { ChangesQuery } from '#lib/model/change.ts'
import { changeSources, outcomes } from '#lib/model/outcome.ts'

/** How many changes are shown before somebody asks for more. */
export const pageSize = 100

export const periods = { '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000, '30d': 30 * 86_400_000 } as const
export type Period = keyof typeof periods

/** What the address of the page Changes says. An absent field asks for everything. */
export interface ChangeFilters {
  q?: string
  environment?: string
  kind?: string
  who?: string
  source?: (typeof changeSources)[number]
  outcome?: Outcome
  time?: Period
  batch?: string
  before?: string
}
type FilterName = keyof ChangeFilters

const allowed: Partial<Record<FilterName, readonly string[]>> = { source: changeSources, outcome: outcomes, time: Object.keys(periods) }
export const filterNames = [
  'q',
  'environment',
  'kind',
  'who',
  'source',
  'outcome',
  'time',
  'batch',
  'before',
] as const satisfies readonly FilterName[]

/** Reads an address; what it does not know, it leaves out. */
export function parseFilters(params: URLSearchParams): ChangeFilters {
  const found = filterNames.flatMap((name) => {
    const value = params.get(name)
    return value && (allowed[name]?.includes(value) ?? true) ? [[name, value]] : []
  })
  return Object.fromEntries(found) as ChangeFilters
}

/** `?environment=1&outcome=failed`, or nothing. */
export function formatFilters(filters: ChangeFilters): string {
  const params = new URLSearchParams(filterNames.flatMap((name) => (filters[name] ? [[name, filters[name]]] : [])))
  return params.size > 0 ? `?${params}` : ''
}

export const isFiltered = (filters: ChangeFilters): boolean => filterNames.some((name) => name !== 'before' && filters[name])

/** What is asked of the server. A period begins at a whole minute, so that reader and server ask the same. */
export function queryOf(filters: ChangeFilters, now: Date, limit: number): Partial<ChangesQuery> {
  const { q, outcome, time, ...same } = filters
  const minute = Math.floor(now.getTime() / 60_000) * 60_000
  return {
    ...same,
    limit,
    ...(q && { text: q }),
    ...(outcome && { outcome: [outcome] }),
    ...(time && { since: new Date(minute - periods[time]).toISOString() }),
  }
}
