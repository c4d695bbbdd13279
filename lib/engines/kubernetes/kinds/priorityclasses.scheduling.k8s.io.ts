import type { V1PriorityClass } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'

export const priorityclasses = kubernetesKind<Json<V1PriorityClass>>({
  name: 'priorityclasses.scheduling.k8s.io',
  versions: ['v1'],
  manifestKind: 'PriorityClass',
  category: 'cluster',
  singular: 'priority class',
  plural: 'priority classes',
  namespaced: false,
  icon: 'layers',
  columns: [
    name,
    column('priority', 'number'),
    column('default', 'boolean', { facet: true }),
    column('preemptionPolicy', 'text', { facet: true }),
    createdAt,
    column('description', 'text', { hidden: true }),
  ],
  keyFacts: ['priority', 'default', 'preemptionPolicy', 'description'],
  actions: basics(),
  summarise: ({ value, globalDefault = false, preemptionPolicy = 'PreemptLowerPriority', description }) => ({
    health: 'healthy',
    state: { code: 'exists' },
    facts: { priority: value ?? null, default: globalDefault, preemptionPolicy, description: description || null },
  }),
})
