import type en from '../en/kubernetes-surroundings.ts'
import type { Translated } from '../shape.ts'

export default {
  kinds: { kubernetes: { configmaps: { one: 'configmap', other: 'configmaps' } } },
  columns: { namespace: 'Namespace', keys: 'Clés', bytes: 'Taille', immutable: 'Immuable' },
  inputs: {
    remove: {
      dependents: 'Ce qui lui appartient',
      dependentsHelp: 'Background : supprimé après lui. Foreground : avant lui. Orphan : laissé en place.',
    },
  },
  reasons: { exists: 'Présent' },
} satisfies Translated<typeof en>
