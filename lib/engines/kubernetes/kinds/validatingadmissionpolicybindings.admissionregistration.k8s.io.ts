import type { V1ValidatingAdmissionPolicyBinding } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { matchedBy, paramRefText } from '../admission.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind, relation } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct, exists, listOf } from '../values.ts'

export const validatingadmissionpolicybindings = kubernetesKind<Json<V1ValidatingAdmissionPolicyBinding>>({
  name: 'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  versions: ['v1', 'v1beta1'],
  manifestKind: 'ValidatingAdmissionPolicyBinding',
  category: 'cluster',
  singular: 'validatingadmissionpolicybinding',
  plural: 'validatingadmissionpolicybindings',
  namespaced: false,
  icon: 'key-round',
  columns: [
    name,
    column('policy', 'text', { facet: true }),
    column('paramRef', 'text'),
    column('validationActions', 'list', { facet: true }),
    column('matched', 'list'),
    createdAt,
  ],
  keyFacts: ['policy', 'paramRef', 'validationActions', 'matched'],
  actions: basics(),
  summarise: ({ spec }) => {
    const policy = spec?.policyName ?? null
    return {
      ...exists,
      facts: {
        policy,
        paramRef: paramRefText(spec?.paramRef),
        validationActions: [...listOf(spec?.validationActions)],
        matched: matchedBy(spec?.matchResources),
      },
      ...(policy && { relations: [relation('policy', 'validatingadmissionpolicies.admissionregistration.k8s.io', policy)] }),
      searchTerms: distinct([policy]),
    }
  },
})
