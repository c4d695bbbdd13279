import type { RoleBindingModel } from '../database/generated/models/RoleBinding.ts'
import { Binding } from '../model/binding.ts'

/** As they were given: two looks at the same rights are equal. */
export const inOrder = { orderBy: { id: 'asc' } } as const

/** A row as everything else knows it. */
export const toBinding = ({ role, environmentId, namespaces }: RoleBindingModel): Binding =>
  Binding.parse({ role, environment: environmentId?.toString() ?? null, namespaces: namespaces.length ? namespaces : null })

export const toRow = ({ role, environment, namespaces }: Binding) => ({
  role,
  environmentId: environment === null ? null : Number(environment),
  namespaces: namespaces ?? [],
})
