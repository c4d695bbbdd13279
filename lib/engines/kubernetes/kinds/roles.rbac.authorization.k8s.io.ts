import type { V1Role } from '@kubernetes/client-node'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { roleColumns, summariseRole } from '../rbac.ts'

export const roles = kubernetesKind<Json<V1Role>>({
  name: 'roles.rbac.authorization.k8s.io',
  versions: ['v1'],
  manifestKind: 'Role',
  category: 'access',
  singular: 'role',
  plural: 'roles',
  icon: 'key-round',
  columns: [name, namespace, ...roleColumns, createdAt],
  keyFacts: ['rules', 'resources', 'verbs', 'allPowerful'],
  actions: basics(),
  summarise: summariseRole,
})
