import type { V1ClusterRole } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { roleColumns, summariseRole } from '../rbac.ts'

export const clusterroles = kubernetesKind<Json<V1ClusterRole>>({
  name: 'clusterroles.rbac.authorization.k8s.io',
  versions: ['v1'],
  manifestKind: 'ClusterRole',
  category: 'access',
  singular: 'clusterrole',
  plural: 'clusterroles',
  namespaced: false,
  icon: 'key-round',
  columns: [name, ...roleColumns, column('aggregated', 'boolean', { facet: true, hidden: true }), createdAt],
  keyFacts: ['rules', 'resources', 'verbs', 'allPowerful', 'builtIn', 'aggregated'],
  actions: basics(),
  summarise: summariseRole,
})
