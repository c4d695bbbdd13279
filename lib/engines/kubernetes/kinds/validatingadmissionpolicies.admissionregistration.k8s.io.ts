import type { V1ValidatingAdmissionPolicy } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { matchedBy, paramKindText } from '../admission.ts'
import { createdAt, health, name } from '../columns.ts'
import { verbatim } from './conditions.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { exists, listOf } from '../values.ts'

type Policy = Json<V1ValidatingAdmissionPolicy>

export const validatingadmissionpolicies = kubernetesKind<Policy>({
  name: 'validatingadmissionpolicies.admissionregistration.k8s.io',
  versions: ['v1', 'v1beta1'],
  manifestKind: 'ValidatingAdmissionPolicy',
  category: 'cluster',
  singular: 'validatingadmissionpolicy',
  plural: 'validatingadmissionpolicies',
  namespaced: false,
  icon: 'key-round',
  columns: [
    health,
    name,
    column('validations', 'number'),
    column('failurePolicy', 'text', { facet: true }),
    column('paramKind', 'text', { facet: true }),
    column('matched', 'list'),
    createdAt,
  ],
  keyFacts: ['validations', 'failurePolicy', 'paramKind', 'matched'],
  actions: basics(),
  summarise: (policy) => {
    const { spec } = policy
    return {
      ...verdictOn(policy),
      facts: {
        validations: listOf(spec?.validations).length,
        failurePolicy: spec?.failurePolicy ?? 'Fail',
        paramKind: paramKindText(spec?.paramKind),
        matched: matchedBy(spec?.matchConstraints),
      },
    }
  },
})

/** The API server checks the types of its expressions, and lets one that cannot be right be. */
function verdictOn({ status }: Policy): Pick<Verdict, 'health' | 'state' | 'reason'> {
  const [first, ...others] = listOf(status?.typeChecking?.expressionWarnings)
  if (!first) return exists
  const reason = { code: 'expressions-wrong', params: { count: 1 + others.length, field: first.fieldRef }, ...verbatim(first.warning) }
  return { health: 'degraded', state: { code: 'warning' }, reason }
}
