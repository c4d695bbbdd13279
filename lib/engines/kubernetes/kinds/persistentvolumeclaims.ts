import type { V1PersistentVolumeClaim } from '@kubernetes/client-node'
import type { Reason } from '../../../model/reason.ts'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { because, conditionOf } from './conditions.ts'
import { kubernetesKind, relation, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { numberOf } from '../quantity.ts'
import { accessModesOf } from '../volumes.ts'
import { distinct } from '../values.ts'

type Claim = Json<V1PersistentVolumeClaim>

export const persistentvolumeclaims = kubernetesKind<Claim>({
  name: 'persistentvolumeclaims',
  versions: ['v1'],
  manifestKind: 'PersistentVolumeClaim',
  category: 'volume',
  singular: 'persistentvolumeclaim',
  plural: 'persistentvolumeclaims',
  icon: 'hard-drive',
  columns: [
    health,
    name,
    namespace,
    column('volume', 'text'),
    column('capacity', 'bytes'),
    column('requested', 'bytes', { hidden: true }),
    column('accessModes', 'list', { facet: true }),
    column('storageClass', 'text', { facet: true }),
    column('volumeMode', 'text', { facet: true, hidden: true }),
    column('attributesClass', 'text', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['capacity', 'requested', 'volume', 'storageClass', 'accessModes', 'volumeMode'],
  actions: basics(),
  takesAlong: ({ facts: { volume } }) => (typeof volume === 'string' ? [{ code: 'claim-gives-up-volume', params: { volume } }] : []),
  summarise: (claim) => {
    const { spec, status } = claim
    const volume = spec?.volumeName || null
    const storageClass = spec?.storageClassName || null
    return {
      ...verdictOn(claim),
      facts: {
        volume,
        capacity: numberOf(status?.capacity?.['storage']),
        requested: numberOf(spec?.resources?.requests?.['storage']),
        accessModes: accessModesOf(status?.accessModes),
        storageClass,
        volumeMode: spec?.volumeMode ?? 'Filesystem',
        attributesClass: status?.currentVolumeAttributesClassName ?? spec?.volumeAttributesClassName ?? null,
      },
      relations: [
        ...(volume ? [relation('volume', 'persistentvolumes', volume)] : []),
        ...(storageClass ? [relation('class', 'storageclasses.storage.k8s.io', storageClass)] : []),
      ],
      searchTerms: distinct([volume]),
    }
  },
})

/** What goes on with a claim that is bound, worst first. */
const errands = [
  ['ControllerResizeError', 'degraded', 'resize-failed', 'claim-resize-failed'],
  ['NodeResizeError', 'degraded', 'resize-failed', 'claim-resize-failed'],
  ['ModifyVolumeError', 'degraded', 'change-failed', 'claim-change-failed'],
  ['FileSystemResizePending', 'moving', 'resizing', 'claim-resize-waits'],
  ['Resizing', 'moving', 'resizing', 'claim-resizes'],
] as const

/** @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#lifecycle-of-a-volume-and-claim */
function verdictOn(claim: Claim): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const { spec, status } = claim
  if (status?.phase === 'Lost')
    return { health: 'failing', state: { code: 'lost' }, reason: { code: 'claim-lost', params: { volume: spec?.volumeName ?? '' } } }
  if (status?.phase !== 'Bound') return { health: 'moving', state: { code: 'pending' }, reason: whyUnbound(claim) }
  for (const [type, health, state, code] of errands) {
    const condition = conditionOf(status.conditions, type)
    if (condition?.status === 'True') return because(condition, health, state, code)
  }
  return { health: 'healthy', state: { code: 'bound' } }
}

function whyUnbound({ metadata, spec }: Claim): Reason {
  const provisioner = metadata?.annotations?.['volume.kubernetes.io/storage-provisioner']
  if (spec?.volumeName) return { code: 'claim-waits-for-volume', params: { volume: spec.volumeName } }
  if (provisioner) return { code: 'claim-waits-for-provisioner', params: { provisioner } }
  if (!spec?.storageClassName) return { code: 'claim-without-class' }
  return { code: 'claim-unbound', params: { class: spec.storageClassName } }
}
