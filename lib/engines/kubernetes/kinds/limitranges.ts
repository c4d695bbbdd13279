import type { V1LimitRange } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct, entriesOf, exists, listOf } from '../values.ts'

type Item = NonNullable<Json<V1LimitRange>['spec']>['limits'][number]

export const limitranges = kubernetesKind<Json<V1LimitRange>>({
  name: 'limitranges',
  versions: ['v1'],
  manifestKind: 'LimitRange',
  category: 'cluster',
  section: 'config',
  singular: 'limitrange',
  plural: 'limitranges',
  icon: 'sliders-horizontal',
  columns: [
    name,
    namespace,
    column('limitsOf', 'list', { facet: true }),
    column('min', 'list'),
    column('max', 'list'),
    column('defaultRequests', 'list'),
    column('defaultLimits', 'list'),
    createdAt,
  ],
  keyFacts: ['limitsOf', 'min', 'max', 'defaultRequests', 'defaultLimits'],
  actions: basics(),
  summarise: ({ spec }) => {
    const items = listOf(spec?.limits)
    const texts = (of: (item: Item) => Record<string, string> | undefined) =>
      distinct(items.flatMap((item) => entriesOf(of(item)).map(([resource, value]) => `${item.type} ${resource}: ${value}`)))
    return {
      ...exists,
      facts: {
        limitsOf: distinct(items.map(({ type }) => type)),
        min: texts(({ min }) => min),
        max: texts(({ max }) => max),
        defaultRequests: texts(({ defaultRequest }) => defaultRequest),
        defaultLimits: texts((item) => item.default),
      },
    }
  },
})
