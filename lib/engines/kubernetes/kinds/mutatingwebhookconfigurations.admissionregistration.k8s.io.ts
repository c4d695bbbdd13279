import type { V1MutatingWebhookConfiguration } from '@kubernetes/client-node'
import { basics } from '../actions.ts'
import { summariseWebhooks, webhookColumns } from '../admission.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'

export const mutatingwebhookconfigurations = kubernetesKind<Json<V1MutatingWebhookConfiguration>>({
  name: 'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  versions: ['v1'],
  manifestKind: 'MutatingWebhookConfiguration',
  category: 'cluster',
  singular: 'mutatingwebhookconfiguration',
  plural: 'mutatingwebhookconfigurations',
  namespaced: false,
  icon: 'network',
  columns: [name, ...webhookColumns, createdAt],
  keyFacts: ['webhooks', 'services', 'failurePolicies', 'matched', 'timeoutSeconds'],
  actions: basics(),
  summarise: summariseWebhooks,
})
