import { formatQuery, type QueryInput } from '../model/query-codec.ts'

/** Where an operation that can be followed answers over HTTP, for the moment in which there is no socket. */
const paths: Record<string, string> = {
  'resources.list': '/api/resources',
  'environments.list': '/api/environments',
  'activities.list': '/api/activities',
  'changes.list': '/api/changes',
  home: '/api/home',
}

/** The path of an operation with its input as a query string; null where HTTP has none. */
export function pathOf(operation: string, input: unknown): string | null {
  const path = paths[operation]
  if (!path) return null
  const params = operation === 'resources.list' ? formatQuery(input as QueryInput) : plainParams(input as Record<string, unknown>)
  return params.size > 0 ? `${path}?${params}` : path
}

function plainParams(input: Record<string, unknown>): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(input ?? {}))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) params.append(name, String(one))
  return params
}
