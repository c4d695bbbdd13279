import type { V1ServiceAccount } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind, relation } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct, exists, listOf } from '../values.ts'

export const serviceaccounts = kubernetesKind<Json<V1ServiceAccount>>({
  name: 'serviceaccounts',
  versions: ['v1'],
  manifestKind: 'ServiceAccount',
  category: 'access',
  singular: 'serviceaccount',
  plural: 'serviceaccounts',
  icon: 'key-round',
  columns: [
    name,
    namespace,
    column('secrets', 'number'),
    column('pullSecrets', 'list', { facet: true }),
    column('tokenMounted', 'boolean', { facet: true }),
    createdAt,
  ],
  keyFacts: ['secrets', 'pullSecrets', 'tokenMounted'],
  actions: basics(),
  summarise: ({ metadata, secrets, imagePullSecrets, automountServiceAccountToken }) => {
    const mounted = distinct(listOf(secrets).map(({ name }) => name))
    const pullSecrets = distinct(listOf(imagePullSecrets).map(({ name }) => name))
    return {
      ...exists,
      facts: { secrets: mounted.length, pullSecrets, tokenMounted: automountServiceAccountToken ?? true },
      relations: distinct([...mounted, ...pullSecrets]).map((secret) => relation('secret', 'secrets', secret, metadata.namespace)),
      searchTerms: [...mounted, ...pullSecrets],
    }
  },
})
