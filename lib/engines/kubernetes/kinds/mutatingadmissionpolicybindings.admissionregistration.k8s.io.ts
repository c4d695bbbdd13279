import type { V1MutatingAdmissionPolicyBinding } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { matchedBy, paramRefText } from '../admission.ts'
import { createdAt, name } from '../columns.ts'
import { kubernetesKind, relation } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct, exists } from '../values.ts'

export const mutatingadmissionpolicybindings = kubernetesKind<Json<V1MutatingAdmissionPolicyBinding>>({
  name: 'mutatingadmissionpolicybindings.admissionregistration.k8s.io',
  versions: ['v1', 'v1beta1'],
  manifestKind: 'MutatingAdmissionPolicyBinding',
  category: 'cluster',
  singular: 'mutatingadmissionpolicybinding',
  plural: 'mutatingadmissionpolicybindings',
  namespaced: false,
  icon: 'key-round',
  columns: [name, column('policy', 'text', { facet: true }), column('paramRef', 'text'), column('matched', 'list'), createdAt],
  keyFacts: ['policy', 'paramRef', 'matched'],
  actions: basics(),
  summarise: ({ spec }) => {
    const policy = spec?.policyName ?? null
    return {
      ...exists,
      facts: {
        policy,
        paramRef: paramRefText(spec?.paramRef),
        matched: matchedBy(spec?.matchResources),
      },
      ...(policy && { relations: [relation('policy', 'mutatingadmissionpolicies.admissionregistration.k8s.io', policy)] }),
      searchTerms: distinct([policy]),
    }
  },
})
