import type { V1RoleBinding } from '@kubernetes/client-node'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { bindingColumns, summariseBinding } from '../rbac.ts'

export const rolebindings = kubernetesKind<Json<V1RoleBinding>>({
  name: 'rolebindings.rbac.authorization.k8s.io',
  versions: ['v1'],
  manifestKind: 'RoleBinding',
  category: 'access',
  singular: 'rolebinding',
  plural: 'rolebindings',
  icon: 'key-round',
  columns: [name, namespace, ...bindingColumns, createdAt],
  keyFacts: ['role', 'serviceAccounts', 'users', 'groups'],
  actions: basics(),
  summarise: summariseBinding,
})
