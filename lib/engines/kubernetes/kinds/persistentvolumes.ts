import type { V1PersistentVolume } from '@kubernetes/client-node'
import { instantOf } from '../../common/instants.ts'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name } from '../columns.ts'
import { verbatim } from './conditions.ts'
import { kubernetesKind, keyOf, relation, type Verdict } from '../kind.ts'
import type { Json } from '../object.ts'
import { numberOf } from '../quantity.ts'
import { accessModesOf } from '../volumes.ts'
import { distinct } from '../values.ts'

type Volume = Json<V1PersistentVolume>

export const persistentvolumes = kubernetesKind<Volume>({
  name: 'persistentvolumes',
  versions: ['v1'],
  manifestKind: 'PersistentVolume',
  category: 'volume',
  singular: 'persistentvolume',
  plural: 'persistentvolumes',
  namespaced: false,
  icon: 'hard-drive',
  columns: [
    health,
    name,
    column('capacity', 'bytes'),
    column('accessModes', 'list', { facet: true }),
    column('reclaimPolicy', 'text', { facet: true }),
    column('claim', 'text'),
    column('storageClass', 'text', { facet: true }),
    column('driver', 'text', { facet: true }),
    column('volumeMode', 'text', { facet: true, hidden: true }),
    column('attributesClass', 'text', { facet: true, hidden: true }),
    column('volumeHandle', 'mono', { hidden: true }),
    createdAt,
  ],
  keyFacts: ['capacity', 'claim', 'storageClass', 'reclaimPolicy', 'accessModes', 'driver', 'volumeHandle'],
  actions: basics(),
  summarise: (volume) => {
    const { spec } = volume
    const { name: claimName, namespace } = spec?.claimRef ?? {}
    const claim = claimName ? keyOf({ name: claimName, ...(namespace && { namespace }) }) : null
    const { driver, handle } = sourceOf(spec)
    return {
      ...verdictOn(volume, claim ?? ''),
      since: instantOf(volume.status?.lastPhaseTransitionTime ?? ''),
      facts: {
        capacity: numberOf(spec?.capacity?.['storage']),
        accessModes: accessModesOf(spec?.accessModes),
        reclaimPolicy: spec?.persistentVolumeReclaimPolicy ?? null,
        claim,
        storageClass: spec?.storageClassName || null,
        driver,
        volumeMode: spec?.volumeMode ?? 'Filesystem',
        attributesClass: spec?.volumeAttributesClassName ?? null,
        volumeHandle: handle,
      },
      relations: [
        ...(claimName ? [relation('claim', 'persistentvolumeclaims', claimName, namespace)] : []),
        ...(spec?.storageClassName ? [relation('class', 'storageclasses.storage.k8s.io', spec.storageClassName)] : []),
      ],
      searchTerms: distinct([claim, driver, handle]),
    }
  },
})

/** @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#phase */
function verdictOn({ spec, status }: Volume, claim: string): Pick<Verdict, 'health' | 'state' | 'reason'> {
  const params = { claim }
  switch (status?.phase) {
    case 'Bound':
      return { health: 'healthy', state: { code: 'bound' } }
    case 'Available':
      return { health: 'stopped', state: { code: 'available' } }
    case 'Released':
      return spec?.persistentVolumeReclaimPolicy === 'Delete'
        ? { health: 'moving', state: { code: 'released' }, reason: { code: 'volume-awaits-deletion', params } }
        : { health: 'stopped', state: { code: 'released' }, reason: { code: 'volume-released', params } }
    case 'Failed':
      return {
        health: 'failing',
        state: { code: 'failed' },
        reason: { code: 'volume-failed', ...verbatim(status.message ?? status.reason) },
      }
    default:
      return { health: 'moving', state: { code: 'pending' } }
  }
}

/** Who keeps it, and what it is called there: of a driver by CSI the driver's name, else the sort of volume. */
function sourceOf(spec: Volume['spec']): { driver: string | null; handle: string | null } {
  if (!spec) return { driver: null, handle: null }
  if (spec.csi) return { driver: spec.csi.driver, handle: spec.csi.volumeHandle }
  if (spec.hostPath) return { driver: 'hostPath', handle: spec.hostPath.path }
  if (spec.local) return { driver: 'local', handle: spec.local.path }
  if (spec.nfs) return { driver: 'nfs', handle: `${spec.nfs.server}:${spec.nfs.path}` }
  const other = Object.entries(spec).find(([field, value]) => !ordinary.has(field) && typeof value === 'object' && value !== null)
  return { driver: other?.[0] ?? null, handle: null }
}

/** Fields that are of every volume: of the others one is set, and says of which sort it is. */
const ordinary = new Set(['accessModes', 'capacity', 'claimRef', 'mountOptions', 'nodeAffinity'])
