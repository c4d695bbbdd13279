import type { V1NetworkPolicy } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { passageOf, policySentences } from '../policy-sentences.ts'
import { bounded, distinct, exists, selectorText } from '../values.ts'

export const networkpolicies = kubernetesKind<Json<V1NetworkPolicy>>({
  name: 'networkpolicies.networking.k8s.io',
  versions: ['v1'],
  manifestKind: 'NetworkPolicy',
  category: 'network',
  singular: 'networkpolicy',
  plural: 'networkpolicies',
  icon: 'key-round',
  columns: [
    name,
    namespace,
    column('podSelector', 'text'),
    column('ingress', 'text', { facet: true }),
    column('egress', 'text', { facet: true }),
    createdAt,
  ],
  keyFacts: ['podSelector', 'ingress', 'egress'],
  actions: basics(),
  summarise: (policy) => {
    const sentences = policySentences(policy)
    return {
      ...exists,
      facts: {
        podSelector: selectorText(policy.spec?.podSelector),
        ingress: passageOf(policy, 'in'),
        egress: passageOf(policy, 'out'),
        sentences: bounded(sentences),
      },
      searchTerms: distinct(sentences.flatMap((said) => terms.map((term) => said[term]?.toString()))),
    }
  },
})

/** What a policy is found by, of what its sentences name. */
const terms = ['pods', 'namespaces', 'block', 'ports'] as const
