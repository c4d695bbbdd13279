import type { V1ConfigMap } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { decodedSize, entriesOf, exists, sizesOf } from '../values.ts'

export const configmaps = kubernetesKind<Json<V1ConfigMap>>({
  name: 'configmaps',
  versions: ['v1'],
  manifestKind: 'ConfigMap',
  category: 'config',
  singular: 'configmap',
  plural: 'configmaps',
  icon: 'sliders-horizontal',
  columns: [
    name,
    namespace,
    column('keys', 'number'),
    column('bytes', 'bytes'),
    column('immutable', 'boolean', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['keys', 'bytes', 'immutable'],
  actions: basics(),
  // How large a value is, is known only of the value.
  seesSecrets: true,
  summarise: ({ data, binaryData, immutable }) => {
    const entries = [
      ...entriesOf(data).map(([key, value]) => ({ key, bytes: Buffer.byteLength(value) })),
      ...entriesOf(binaryData).map(([key, value]) => ({ key, bytes: decodedSize(value) })),
    ]
    return {
      ...exists,
      facts: { ...sizesOf(entries), immutable: immutable ?? false },
      searchTerms: entries.map(({ key }) => key),
    }
  },
})
