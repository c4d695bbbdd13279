import { z } from 'zod'
import { isAppError } from '../../errors/index.ts'
import type { Reason } from '../../model/reason.ts'
import type { KubernetesApi } from './api.ts'
import { isStored } from './describe.ts'
import { pathOf } from './discovery.ts'
import type { KubernetesKind } from './kind.ts'
import { kinds } from './kinds/index.ts'

/** Nobody waits for more than this to be looked through before a dialog opens. */
const most = 500

/** What is made by what, as its controllers make it: resource → what it owns. */
const owned: Record<string, string> = {
  'kubernetes/deployments.apps': 'kubernetes/replicasets.apps',
  'kubernetes/replicasets.apps': 'kubernetes/pods',
  'kubernetes/replicationcontrollers': 'kubernetes/pods',
  'kubernetes/statefulsets.apps': 'kubernetes/pods',
  'kubernetes/daemonsets.apps': 'kubernetes/pods',
  'kubernetes/jobs.batch': 'kubernetes/pods',
  'kubernetes/cronjobs.batch': 'kubernetes/jobs.batch',
}

const List = z.object({
  items: z.array(z.unknown()),
  metadata: z.object({ continue: z.string().optional() }),
})

/** What a removal takes with it. Only reads; what may not be read is not told. */
export async function consequencesOf(
  api: KubernetesApi,
  kind: KubernetesKind,
  key: string,
  action: string,
  signal: AbortSignal,
): Promise<Reason[]> {
  if (action !== 'remove') return []
  const { summary } = await api.read(kind, key, signal)
  return [...kind.takesAlong(summary), ...(await ownedBy(api, kind.name, new Set([summary.uid]), summary.namespace, signal))]
}

/** Generation after generation: of a deployment its replicasets, of these the pods. */
async function ownedBy(
  api: KubernetesApi,
  owner: string,
  uids: ReadonlySet<string>,
  namespace: string | null,
  signal: AbortSignal,
): Promise<Reason[]> {
  const kind = kinds.find(({ name }) => name === owned[owner])
  const served = kind && (await api.served(kind, signal))
  if (!kind || !served) return []
  const path = pathOf(served, { namespace })
  const { data } = List.safeParse(await api.http.json({ path, query: { limit: most }, signal }).catch(orNothing))
  if (!data) return []
  const found = data.items.filter(isStored).filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uids.has(uid)))
  if (found.length === 0) return []
  const atLeast = data.metadata.continue ? 'owned-go-with-it-at-least' : 'owned-go-with-it'
  const here: Reason = { code: atLeast, params: { count: found.length, kind: found.length === 1 ? kind.singular : kind.plural } }
  return [here, ...(await ownedBy(api, kind.name, new Set(found.map(({ metadata }) => metadata.uid)), namespace, signal))]
}

const orNothing = (failure: unknown): null => {
  if (isAppError(failure) && (failure.code === 'engine_denied' || failure.code === 'engine_failed')) return null
  throw failure
}
