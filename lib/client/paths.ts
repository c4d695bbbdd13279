import { formatQuery, type QueryInput } from '../model/query-text.ts'

/** Where an operation that can be followed answers over HTTP, for the moment in which there is no socket. */
const templates: Record<string, string> = {
  'resources.list': '/api/resources',
  'resources.read': '/api/environments/{environment}/{kind}/{key}',
  'resources.timeline': '/api/environments/{environment}/{kind}/{key}/timeline',
  'terminals.list': '/api/environments/{environment}/{kind}/{key}/terminals',
  'environments.list': '/api/environments',
  'environments.overview': '/api/environments/{environment}/overview',
  'activities.list': '/api/activities',
  'people.list': '/api/people',
  'sessions.list': '/api/sessions',
  'tokens.list': '/api/tokens',
  'changes.list': '/api/changes',
  'home.read': '/api/home',
}

/** The path of an operation with its input in it and behind it; null where HTTP has none. */
export function pathOf(operation: string, input: unknown): string | null {
  const template = templates[operation]
  if (!template) return null
  if (operation === 'resources.list') return withQuery(template, formatQuery(input as QueryInput))
  const rest = new Map(Object.entries((input ?? {}) as Record<string, unknown>))
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest.get(name))
    rest.delete(name)
    return encodeURIComponent(value)
  })
  return withQuery(path, plainParams(rest))
}

const withQuery = (path: string, params: URLSearchParams) => (params.size > 0 ? `${path}?${params}` : path)

function plainParams(input: Iterable<[string, unknown]>): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of input)
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) params.append(name, String(one))
  return params
}
