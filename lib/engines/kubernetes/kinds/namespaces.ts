import type { V1Namespace } from '@kubernetes/client-node'
import type { Reason } from '../../../model/reason.ts'
import { instantOf } from '../../common/instants.ts'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { bounded } from '../values.ts'
import { conditionOf, isTrue, wordsOf } from './conditions.ts'

type Namespace = Stored<Json<V1Namespace>>

export const namespaces = kubernetesKind<Json<V1Namespace>>({
  name: 'namespaces',
  versions: ['v1'],
  manifestKind: 'Namespace',
  category: 'cluster',
  singular: 'namespace',
  plural: 'namespaces',
  namespaced: false,
  icon: 'box',
  columns: [health, name, column('finalizers', 'list', { facet: true, hidden: true }), createdAt],
  keyFacts: ['finalizers'],
  actions: basics(),
  takesAlong: ({ name }) => [{ code: 'namespace-takes-all', params: { name } }],
  summarise: (namespace) => {
    const { metadata, spec, status } = namespace
    const facts = { finalizers: bounded([...(spec?.finalizers ?? []), ...(metadata.finalizers ?? [])]) }
    if (status?.phase !== 'Terminating' && !metadata.deletionTimestamp) return { health: 'healthy', state: { code: 'active' }, facts }
    const reason = heldBy(namespace)
    return {
      health: reason?.code === 'namespace-not-emptied' ? 'failing' : 'moving',
      state: { code: 'terminating' },
      reason,
      since: instantOf(metadata.deletionTimestamp ?? ''),
      facts,
    }
  },
})

const failures = ['NamespaceDeletionDiscoveryFailure', 'NamespaceDeletionGroupVersionParsingFailure', 'NamespaceDeletionContentFailure']

/**
 * What keeps it from going, by the words of its controller.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/namespace/deletion/status_condition_utils.go
 */
function heldBy({ metadata, status }: Namespace): Reason | null {
  const holding = (type: string) => {
    const condition = conditionOf(status?.conditions, type)
    return isTrue(condition) ? condition : undefined
  }
  // "Some resources are remaining: pods. has 1 resource instances, widgets.example.com has 2 resource instances"
  const content = [...(holding('NamespaceContentRemaining')?.message ?? '').matchAll(/([\w.-]+?)\.? has (\d+) resource instances/g)]
  // "Some content in the namespace has finalizers remaining: example.com/hold in 2 resource instances"
  const finalizers = [...(holding('NamespaceFinalizersRemaining')?.message ?? '').matchAll(/(\S+) in \d+ resource instances/g)]
  const own = metadata.finalizers ?? []
  const left = content.map(([, what, count]) => `${what} (${count})`).join(', ') || 'none'
  const names = finalizers.map(([, name]) => name).join(', ') || 'none'
  const params = { left, names }
  const failure = failures.map((type) => holding(type)).find((condition) => condition)
  if (failure) return { code: 'namespace-not-emptied', params, words: wordsOf(failure.message) }
  if (content.length > 0) return { code: 'namespace-holds', params }
  return own.length > 0 ? { code: 'waits-for-finalizers', params: { names: own.join(', ') } } : null
}
