import type { V1ClusterRoleBinding } from '@kubernetes/client-node'
import { basics } from '../actions.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { bindingColumns, summariseBinding } from '../rbac.ts'

export const clusterrolebindings = kubernetesKind<Json<V1ClusterRoleBinding>>({
  name: 'clusterrolebindings.rbac.authorization.k8s.io',
  versions: ['v1'],
  manifestKind: 'ClusterRoleBinding',
  category: 'access',
  singular: 'clusterrolebinding',
  plural: 'clusterrolebindings',
  namespaced: false,
  icon: 'key-round',
  columns: [name, ...bindingColumns, createdAt],
  keyFacts: ['role', 'serviceAccounts', 'users', 'groups', 'builtIn'],
  actions: basics(),
  summarise: summariseBinding,
})
