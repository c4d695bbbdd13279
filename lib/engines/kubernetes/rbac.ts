import type { V1ClusterRole, V1PolicyRule, V1RoleBinding } from '@kubernetes/client-node'
import type { Relation } from '../../model/resource.ts'
import { column } from '../define.ts'
import { relation, type Verdict } from './kind.ts'
import type { Json, Stored } from './object.ts'
import { bounded, distinct, exists, listOf } from './values.ts'

type Role = Pick<Json<V1ClusterRole>, 'rules' | 'aggregationRule'>
type Binding = Json<V1RoleBinding>
type Subject = NonNullable<Binding['subjects']>[number]

/** What the API server makes itself, and mends when it starts. */
const bootstrapLabel = 'kubernetes.io/bootstrapping'

export const roleColumns = [
  column('rules', 'number'),
  column('resources', 'list', { facet: true }),
  column('verbs', 'list', { facet: true }),
  column('allPowerful', 'boolean', { facet: true }),
  column('builtIn', 'boolean', { facet: true }),
]

export const bindingColumns = [
  column('role', 'text', { facet: true }),
  column('serviceAccounts', 'list', { facet: true }),
  column('users', 'list', { facet: true }),
  column('groups', 'list', { facet: true }),
  column('builtIn', 'boolean', { facet: true }),
]

/** `deployments.apps`, `pods/log`; without a group it is of the core. */
export const inGroup = (resource: string, group: string): string => {
  const [name = '', ...subresource] = resource.split('/')
  return [group ? `${name}.${group}` : name, ...subresource].join('/')
}

const resourcesOf = ({ apiGroups, resources, nonResourceURLs }: V1PolicyRule): string[] => [
  ...listOf(resources).flatMap((resource) => listOf(apiGroups).map((group) => inGroup(resource, group))),
  ...listOf(nonResourceURLs),
]

const everything = (list: readonly string[] | undefined) => listOf(list).includes('*')

/** Of a role, in a namespace or not. */
export function summariseRole({ metadata, rules: given, aggregationRule }: Stored<Role>): Verdict {
  const rules = listOf(given)
  const resources = distinct(rules.flatMap(resourcesOf))
  return {
    ...exists,
    facts: {
      rules: rules.length,
      resources: bounded(resources),
      verbs: distinct(rules.flatMap(({ verbs }) => [...listOf(verbs)])),
      allPowerful: rules.some((rule) => everything(rule.verbs) && everything(rule.resources) && everything(rule.apiGroups)),
      builtIn: bootstrapLabel in (metadata.labels ?? {}),
      aggregated: Boolean(aggregationRule),
    },
    searchTerms: resources,
  }
}

/** Of a binding, in a namespace or not. */
export function summariseBinding({ metadata, roleRef, subjects: given }: Stored<Binding>): Verdict {
  const subjects = listOf(given)
  const named = (kind: string) => distinct(subjects.filter((subject) => subject.kind === kind).map(nameOf))
  const accounts = subjects.filter(({ kind, namespace }) => kind === 'ServiceAccount' && namespace)
  return {
    ...exists,
    facts: {
      role: roleRef ? `${roleRef.kind}/${roleRef.name}` : null,
      serviceAccounts: bounded(named('ServiceAccount')),
      users: bounded(named('User')),
      groups: bounded(named('Group')),
      builtIn: bootstrapLabel in (metadata.labels ?? {}),
    },
    relations: [
      ...roleOf({ metadata, roleRef }),
      ...accounts.map(({ name, namespace }) => relation('subject', 'serviceaccounts', name, namespace)),
    ],
    searchTerms: distinct([roleRef?.name, ...subjects.map(nameOf)]),
  }
}

const nameOf = ({ kind, name, namespace }: Subject): string => (kind === 'ServiceAccount' && namespace ? `${namespace}/${name}` : name)

function roleOf({ metadata, roleRef }: Pick<Stored<Binding>, 'metadata' | 'roleRef'>): Relation[] {
  if (!roleRef) return []
  return roleRef.kind === 'ClusterRole'
    ? [relation('role', 'clusterroles.rbac.authorization.k8s.io', roleRef.name)]
    : [relation('role', 'roles.rbac.authorization.k8s.io', roleRef.name, metadata.namespace)]
}
