import type { V1APIService } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name } from '../columns.ts'
import { because, conditionOf } from './conditions.ts'
import { keyOf, kubernetesKind, relation, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct } from '../values.ts'

type ApiService = Json<V1APIService>

const actions = basics<ApiService>()

export const apiservices = kubernetesKind<ApiService>({
  name: 'apiservices.apiregistration.k8s.io',
  versions: ['v1'],
  manifestKind: 'APIService',
  category: 'cluster',
  singular: 'apiservice',
  plural: 'apiservices',
  namespaced: false,
  icon: 'layers',
  columns: [
    health,
    name,
    column('group', 'text', { facet: true }),
    column('version', 'text', { facet: true }),
    column('service', 'text', { facet: true }),
    column('local', 'boolean', { facet: true }),
    createdAt,
  ],
  keyFacts: ['group', 'version', 'service', 'local'],
  actions: {
    ...actions,
    remove: {
      ...actions.remove,
      blockedBy: (row) => (row.facts['local'] === true ? 'made-by-cluster' : actions.remove.blockedBy?.(row)),
    },
  },
  summarise: (apiService) => {
    const { spec } = apiService
    const { name, namespace } = spec?.service ?? {}
    const service = name ? keyOf({ name, ...(namespace && { namespace }) }) : null
    return {
      ...verdictOn(apiService),
      // One that names no service is answered by the API server itself.
      facts: { group: spec?.group ?? null, version: spec?.version ?? null, service, local: service === null },
      ...(name && { relations: [relation('service', 'services', name, namespace)] }),
      searchTerms: distinct([spec?.group, service]),
    }
  },
})

function verdictOn({ status }: ApiService): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const available = conditionOf(status?.conditions, 'Available')
  if (available?.status === 'True') return { health: 'healthy', state: { code: 'available' } }
  return available?.status === 'False'
    ? because(available, 'failing', 'unavailable', 'api-unavailable')
    : because(available, 'moving', 'pending', 'api-not-asked')
}
