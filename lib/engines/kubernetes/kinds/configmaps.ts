import type { V1ConfigMap } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'

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
  summarise: ({ data = {}, binaryData = {}, immutable = false }) => ({
    health: 'healthy',
    state: { code: 'exists' },
    facts: {
      keys: Object.keys(data).length + Object.keys(binaryData).length,
      bytes:
        Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0) +
        // Base64: three bytes in four characters.
        Object.values(binaryData).reduce((sum, value) => sum + Math.floor((value.length * 3) / 4), 0),
      immutable,
    },
    searchTerms: [...Object.keys(data), ...Object.keys(binaryData)],
  }),
})
