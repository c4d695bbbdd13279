import type { V1IngressClass } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name } from '../columns.ts'
import { defaultClass, isDefaultClass } from '../default-class.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct, exists } from '../values.ts'

const annotation = 'ingressclass.kubernetes.io/is-default-class'

export const ingressclasses = kubernetesKind<Json<V1IngressClass>>({
  name: 'ingressclasses.networking.k8s.io',
  versions: ['v1'],
  manifestKind: 'IngressClass',
  category: 'cluster',
  section: 'network',
  singular: 'ingressclass',
  plural: 'ingressclasses',
  namespaced: false,
  icon: 'network',
  columns: [
    name,
    column('controller', 'text', { facet: true }),
    column('default', 'boolean', { facet: true }),
    column('parameters', 'text'),
    createdAt,
  ],
  keyFacts: ['controller', 'default', 'parameters'],
  actions: { ...defaultClass(annotation), ...basics() },
  summarise: ({ metadata, spec }) => ({
    ...exists,
    facts: {
      controller: spec?.controller ?? null,
      default: isDefaultClass(metadata.annotations, annotation),
      parameters: spec?.parameters
        ? `${spec.parameters.kind}${spec.parameters.apiGroup ? `.${spec.parameters.apiGroup}` : ''}/${spec.parameters.name}`
        : null,
    },
    searchTerms: distinct([spec?.controller]),
  }),
})
