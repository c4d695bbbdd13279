import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name } from '../columns.ts'
import { because, conditionOf, type Condition } from './conditions.ts'
import { waitsForController } from '../gateway.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { KubernetesObject } from '../object.ts'
import { distinct } from '../values.ts'

interface GatewayClass extends KubernetesObject {
  spec?: { controllerName?: string; description?: string }
  status?: { conditions?: Condition[] }
}

export const gatewayclasses = kubernetesKind<GatewayClass>({
  name: 'gatewayclasses.gateway.networking.k8s.io',
  versions: ['v1', 'v1beta1'],
  manifestKind: 'GatewayClass',
  category: 'cluster',
  section: 'network',
  singular: 'gatewayclass',
  plural: 'gatewayclasses',
  namespaced: false,
  icon: 'network',
  columns: [health, name, column('controller', 'text', { facet: true }), column('description', 'text', { hidden: true }), createdAt],
  keyFacts: ['controller', 'description'],
  actions: basics(),
  summarise: ({ spec, status }) => ({
    ...verdictOn(conditionOf(status?.conditions, 'Accepted')),
    facts: { controller: spec?.controllerName ?? null, description: spec?.description ?? null },
    searchTerms: distinct([spec?.controllerName]),
  }),
})

function verdictOn(accepted: Condition | undefined): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  if (accepted?.status === 'True') return { health: 'healthy', state: { code: 'accepted' } }
  return accepted?.status === 'False' ? because(accepted, 'failing', 'refused', 'controller-refused') : waitsForController
}
