import type { V1ValidatingWebhookConfiguration } from '@kubernetes/client-node'
import { basics } from '../actions.ts'
import { summariseWebhooks, webhookColumns } from '../admission.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'

export const validatingwebhookconfigurations = kubernetesKind<Json<V1ValidatingWebhookConfiguration>>({
  name: 'validatingwebhookconfigurations.admissionregistration.k8s.io',
  versions: ['v1'],
  manifestKind: 'ValidatingWebhookConfiguration',
  category: 'cluster',
  singular: 'validatingwebhookconfiguration',
  plural: 'validatingwebhookconfigurations',
  namespaced: false,
  icon: 'network',
  columns: [name, ...webhookColumns, createdAt],
  keyFacts: ['webhooks', 'services', 'failurePolicies', 'matched', 'timeoutSeconds'],
  actions: basics(),
  summarise: summariseWebhooks,
})
