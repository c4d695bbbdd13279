import type {
  V1MatchResources,
  V1MutatingWebhookConfiguration,
  V1NamedRuleWithOperations,
  V1ParamKind,
  V1ParamRef,
  V1ValidatingWebhookConfiguration,
} from '@kubernetes/client-node'
import { column } from '../define.ts'
import { keyOf, relation, type Verdict } from './kind.ts'
import type { Json, Stored } from './object.ts'
import { inGroup } from './rbac.ts'
import { bounded, distinct, exists, listOf, selectorText } from './values.ts'

type Webhooks = Json<V1MutatingWebhookConfiguration | V1ValidatingWebhookConfiguration>
type Webhook = NonNullable<Webhooks['webhooks']>[number]

export const webhookColumns = [
  column('webhooks', 'number'),
  column('services', 'list', { facet: true }),
  column('failurePolicies', 'list', { facet: true }),
  column('matched', 'list'),
  column('timeoutSeconds', 'number', { hidden: true }),
]

/** Of webhooks that change what is written, or refuse it. */
export function summariseWebhooks({ webhooks: given }: Stored<Webhooks>): Verdict {
  const webhooks = listOf<Webhook>(given)
  const services = webhooks.flatMap(({ clientConfig }) => (clientConfig?.service ? [clientConfig.service] : []))
  const keys = distinct(services.map(keyOf))
  const hosts = webhooks.map(({ clientConfig }) => hostOf(clientConfig?.url))
  const timeouts = webhooks.flatMap(({ timeoutSeconds }) => timeoutSeconds ?? [])
  return {
    ...exists,
    facts: {
      webhooks: webhooks.length,
      services: bounded(distinct([...keys, ...hosts])),
      failurePolicies: distinct(webhooks.map(({ failurePolicy }) => failurePolicy ?? 'Fail')),
      matched: bounded(distinct(webhooks.flatMap(({ rules }) => listOf(rules).map(ruleText)))),
      timeoutSeconds: timeouts.length > 0 ? Math.max(...timeouts) : null,
    },
    relations: services.filter((one, i) => services.findIndex((other) => keyOf(other) === keyOf(one)) === i).map(toService),
    searchTerms: distinct([...webhooks.map(({ name }) => name), ...keys, ...hosts]),
  }
}

const toService = ({ name, namespace }: { name: string; namespace: string }) => relation('service', 'services', name, namespace)

/** The host alone: a path or a query may hold what signs in. */
function hostOf(url: string | undefined): string | null {
  return url && URL.canParse(url) ? new URL(url).host : null
}

/** What a rule looks at: `CREATE,UPDATE pods, deployments.apps`. */
function ruleText({ operations, apiGroups, resources }: V1NamedRuleWithOperations): string {
  const groups = listOf(apiGroups)
  const named = listOf(resources).flatMap((resource) => (groups.length > 0 ? groups.map((group) => inGroup(resource, group)) : [resource]))
  return [listOf(operations).join(','), named.join(', ')].filter(Boolean).join(' ')
}

/** What a policy looks at, as its rules say. */
export const matchedBy = (constraints: V1MatchResources | undefined): string[] => bounded(listOf(constraints?.resourceRules).map(ruleText))

/** `v1/ConfigMap`; null of a policy without parameters. */
export const paramKindText = (kind: V1ParamKind | undefined): string | null => (kind ? `${kind.apiVersion}/${kind.kind}` : null)

/** What a binding takes its parameters from: `namespace/name`, or what selects them. */
export function paramRefText(ref: V1ParamRef | undefined): string | null {
  if (!ref) return null
  return ref.name ? keyOf({ name: ref.name, ...(ref.namespace && { namespace: ref.namespace }) }) : selectorText(ref.selector) || '*'
}
