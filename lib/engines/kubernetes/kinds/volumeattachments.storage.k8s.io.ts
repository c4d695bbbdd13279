import type { V1VolumeAttachment } from '@kubernetes/client-node'
import { instantOf } from '../../common/instants.ts'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name } from '../columns.ts'
import { verbatim } from './conditions.ts'
import { kubernetesKind, relation, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { distinct } from '../values.ts'

type Attachment = Json<V1VolumeAttachment>

export const volumeattachments = kubernetesKind<Attachment>({
  name: 'volumeattachments.storage.k8s.io',
  versions: ['v1'],
  manifestKind: 'VolumeAttachment',
  category: 'cluster',
  section: 'storage',
  singular: 'volumeattachment',
  plural: 'volumeattachments',
  namespaced: false,
  icon: 'hard-drive',
  columns: [
    health,
    name,
    column('volume', 'text'),
    column('node', 'text', { facet: true }),
    column('attacher', 'text', { facet: true }),
    column('attached', 'boolean', { facet: true, hidden: true }),
    createdAt,
  ],
  keyFacts: ['volume', 'node', 'attacher', 'attached'],
  actions: basics(),
  summarise: (attachment) => {
    const { spec, status } = attachment
    const volume = spec?.source?.persistentVolumeName ?? null
    const node = spec?.nodeName ?? null
    return {
      ...verdictOn(attachment),
      facts: { volume, node, attacher: spec?.attacher ?? null, attached: status?.attached ?? false },
      relations: [...(volume ? [relation('volume', 'persistentvolumes', volume)] : []), ...(node ? [relation('node', 'nodes', node)] : [])],
      searchTerms: distinct([volume, node]),
    }
  },
})

type Trouble = NonNullable<Attachment['status']>['attachError']

const troubled = (trouble: Trouble, state: string, code: string) =>
  ({
    health: 'failing',
    state: { code: state },
    reason: { code, ...verbatim(trouble?.message) },
    since: instantOf(trouble?.time ?? ''),
  }) as const

function verdictOn({ metadata, status }: Stored<Attachment>): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  if (metadata.deletionTimestamp && status?.detachError) return troubled(status.detachError, 'terminating', 'detach-failed')
  if (status?.attached) return { health: 'healthy', state: { code: 'attached' } }
  if (status?.attachError) return troubled(status.attachError, 'failed', 'attach-failed')
  return { health: 'moving', state: { code: 'pending' } }
}
