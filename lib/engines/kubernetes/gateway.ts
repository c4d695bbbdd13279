import type { Relation } from '../../model/resource.ts'
import { column } from '../define.ts'
import { because, conditionOf, type Condition } from './kinds/conditions.ts'
import { kubernetesKind, relation, type Verdict } from './kind.ts'
import { createdAt, health, name, namespace } from './columns.ts'
import { basics } from './actions.ts'
import type { KubernetesObject, Stored } from './object.ts'
import { bounded, distinct, listOf } from './values.ts'

/**
 * The Gateway API, which no client library has types of: only what is looked at, and nothing that must be there.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export interface ObjectReference {
  group?: string
  kind?: string
  name?: string
  namespace?: string
  port?: number
  sectionName?: string
}

interface Match {
  path?: { type?: string; value?: string }
  method?: string | { service?: string; method?: string }
}

interface Route extends KubernetesObject {
  spec?: {
    hostnames?: string[]
    parentRefs?: ObjectReference[]
    rules?: { matches?: Match[]; backendRefs?: ObjectReference[] }[]
  }
  status?: { parents?: { parentRef?: ObjectReference; conditions?: Condition[] }[] }
}

const gatewayGroup = 'gateway.networking.k8s.io'

/** What is neither taken nor refused yet. */
export const waitsForController = {
  health: 'moving',
  state: { code: 'pending' },
  reason: { code: 'waits-for-controller' },
} as const satisfies Partial<Verdict>

/** What a gateway, or one that it stands for, refers to; of a group that is no kind here, nothing. */
export function referred(as: string, { group, kind, name, namespace }: ObjectReference, from: string | undefined): Relation[] {
  const plural = known[`${kind}.${group ?? ''}`]
  return plural && name ? [relation(as, plural, name, namespace ?? from)] : []
}

const known: Record<string, string> = {
  'Service.': 'services',
  'Secret.': 'secrets',
  [`Gateway.${gatewayGroup}`]: `gateways.${gatewayGroup}`,
}

const routeColumns = [
  health,
  name,
  namespace,
  column('hosts', 'list', { facet: true }),
  column('gateways', 'list', { facet: true }),
  column('services', 'list', { facet: true }),
  column('matched', 'list'),
  createdAt,
]

/** Routes of one protocol, which differ in what they match. */
export const routeKind = (definition: { resource: string; manifestKind: string; singular: string; versions: readonly string[] }) =>
  kubernetesKind<Route>({
    name: `${definition.resource}.${gatewayGroup}`,
    versions: definition.versions,
    manifestKind: definition.manifestKind,
    category: 'network',
    singular: definition.singular,
    plural: definition.resource,
    icon: 'network',
    columns: routeColumns,
    keyFacts: ['hosts', 'gateways', 'services', 'matched'],
    actions: basics(),
    summarise: summariseRoute,
  })

function summariseRoute(route: Stored<Route>): Verdict {
  const { metadata, spec } = route
  const rules = listOf(spec?.rules)
  const parents = listOf(spec?.parentRefs).map((parent) => ({ group: gatewayGroup, kind: 'Gateway', ...parent }))
  const backends = rules.flatMap(({ backendRefs }) => listOf(backendRefs).map((backend) => ({ group: '', kind: 'Service', ...backend })))
  const hosts = distinct(listOf(spec?.hostnames))
  const matched = distinct(rules.flatMap(({ matches }) => listOf(matches).map(matchText)))
  const services = distinct(backends.map((backend) => backend.name))
  return {
    ...verdictOn(route),
    facts: {
      hosts: bounded(hosts),
      gateways: bounded(distinct(parents.map(({ name, sectionName }) => (sectionName ? `${name}/${sectionName}` : name)))),
      services: bounded(services),
      matched: bounded(matched),
    },
    relations: onceEach([
      ...parents.flatMap((parent) => referred(parent.kind === 'Gateway' ? 'gateway' : 'service', parent, metadata.namespace)),
      ...backends.flatMap((backend) => referred('service', backend, metadata.namespace)),
    ]),
    searchTerms: [...hosts, ...matched, ...services],
  }
}

/** `GET /api*`, `shop.Cart/Add`. */
function matchText({ path, method }: Match): string {
  if (typeof method === 'object' && method !== null) return `${method.service ?? '*'}/${method.method ?? '*'}`
  const value = path?.value ?? '/'
  return [method, path?.type === 'Exact' ? value : path?.type === 'RegularExpression' ? `~${value}` : `${value}*`].filter(Boolean).join(' ')
}

const onceEach = (relations: readonly Relation[]): Relation[] => [
  ...new Map(relations.map((one) => [`${one.as} ${one.kind} ${one.key}`, one])).values(),
]

/** Each gateway says for itself whether it takes the route, and whether it finds what the route leads to. */
function verdictOn({ status }: Route): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const parents = listOf(status?.parents)
  if (parents.length === 0) return waitsForController
  const condition = (type: string) => parents.map(({ conditions }) => conditionOf(conditions, type))
  const refused = condition('Accepted').find((one) => one?.status === 'False')
  if (refused) return because(refused, 'failing', 'refused', 'route-refused')
  const unresolved = condition('ResolvedRefs').find((one) => one?.status === 'False')
  if (unresolved) return because(unresolved, 'degraded', 'unresolved', 'route-unresolved')
  return condition('Accepted').every((one) => one?.status === 'True')
    ? { health: 'healthy', state: { code: 'accepted' } }
    : waitsForController
}
