import type { V1StorageClass } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, name } from '../columns.ts'
import { defaultClass, isDefaultClass } from '../default-class.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { distinct, exists, listOf } from '../values.ts'

const annotation = 'storageclass.kubernetes.io/is-default-class'

export const storageclasses = kubernetesKind<Json<V1StorageClass>>({
  name: 'storageclasses.storage.k8s.io',
  versions: ['v1'],
  manifestKind: 'StorageClass',
  category: 'cluster',
  section: 'storage',
  singular: 'storageclass',
  plural: 'storageclasses',
  namespaced: false,
  icon: 'hard-drive',
  columns: [
    name,
    column('provisioner', 'text', { facet: true }),
    column('default', 'boolean', { facet: true }),
    column('reclaimPolicy', 'text', { facet: true }),
    column('bindingMode', 'text', { facet: true }),
    column('expandable', 'boolean', { facet: true }),
    column('mountOptions', 'list', { hidden: true }),
    createdAt,
  ],
  keyFacts: ['provisioner', 'default', 'reclaimPolicy', 'bindingMode', 'expandable'],
  actions: { ...defaultClass(annotation), ...basics() },
  summarise: ({ metadata, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion, mountOptions }) => ({
    ...exists,
    facts: {
      provisioner: provisioner ?? null,
      default: isDefaultClass(metadata.annotations, annotation),
      reclaimPolicy: reclaimPolicy ?? 'Delete',
      bindingMode: volumeBindingMode ?? 'Immediate',
      expandable: allowVolumeExpansion ?? false,
      mountOptions: [...listOf(mountOptions)],
    },
    searchTerms: distinct([provisioner]),
  }),
})
