import type { V1MutatingAdmissionPolicy } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { matchedBy, paramKindText } from '../admission.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { exists, listOf } from '../values.ts'

export const mutatingadmissionpolicies = kubernetesKind<Json<V1MutatingAdmissionPolicy>>({
  name: 'mutatingadmissionpolicies.admissionregistration.k8s.io',
  versions: ['v1', 'v1beta1'],
  manifestKind: 'MutatingAdmissionPolicy',
  category: 'cluster',
  singular: 'mutatingadmissionpolicy',
  plural: 'mutatingadmissionpolicies',
  namespaced: false,
  icon: 'key-round',
  columns: [
    name,
    column('mutations', 'number'),
    column('failurePolicy', 'text', { facet: true }),
    column('reinvocationPolicy', 'text', { facet: true, hidden: true }),
    column('paramKind', 'text', { facet: true }),
    column('matched', 'list'),
    createdAt,
  ],
  keyFacts: ['mutations', 'failurePolicy', 'paramKind', 'matched'],
  actions: basics(),
  summarise: ({ spec }) => ({
    ...exists,
    facts: {
      mutations: listOf(spec?.mutations).length,
      failurePolicy: spec?.failurePolicy ?? 'Fail',
      reinvocationPolicy: spec?.reinvocationPolicy ?? 'Never',
      paramKind: paramKindText(spec?.paramKind),
      matched: matchedBy(spec?.matchConstraints),
    },
  }),
})
