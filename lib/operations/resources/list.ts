import { scopeOf, type Actor } from '../../access/index.ts'
import { kindOf, kindsIn } from '../../engines/index.ts'
import { AppError } from '../../errors/index.ts'
import { listRows } from '../../inventory/index.ts'
import { ResourcePage } from '../../model/inventory.ts'
import { ResourceQuery } from '../../model/query.ts'
import type { Topic } from '../../model/topic.ts'
import { findEnvironment } from '../environments/rows.ts'
import { operation } from '../operation.ts'

/** What makes a list different: rows of its kinds, or events, and how fresh its environments are. */
export function topicsOf({ kind, category, environment }: ResourceQuery): Topic[] {
  const kinds = kind ? [kindOf(kind)] : category ? kindsIn(category) : []
  const rows = kinds.map((one): Topic =>
    one.category === 'event' ? { topic: 'events', environment } : { topic: 'rows', kind: one.name, environment },
  )
  return [...rows, { topic: 'environments', environment }]
}

/**
 * An environment that may not be known of is not found; and where somebody may only see namespaces, a kind without
 * namespaces is refused, because an empty list would say that there are none.
 */
export async function checkListable(actor: Actor, query: ResourceQuery): Promise<void> {
  if (query.environment === undefined) return
  const environment = await findEnvironment(actor, query.environment)
  const kind = query.kind === undefined ? null : kindOf(query.kind)
  const reach = scopeOf(actor, 'viewer').filter((place) => place.environment === null || place.environment === query.environment)
  if (!kind || kind.namespaced || reach.some(({ namespaces }) => namespaces === null)) return
  throw new AppError('forbidden', `You may see namespaces of ${environment.name}, and ${kind.plural} have none.`, {
    reason: { code: 'needs_role_in', params: { role: 'viewer', held: 'none', environment: environment.name } },
  })
}

export const listResources = operation({
  name: 'resources.list',
  summary: 'Rows of one kind or category, of one environment or of all: filtered, sorted, windowed',
  requires: 'viewer',
  input: ResourceQuery,
  output: ResourcePage,
  changes: false,
  wakes: topicsOf,
  async run({ actor, now }, query) {
    await checkListable(actor, query)
    return listRows(query, scopeOf(actor, 'viewer'), now())
  },
})
