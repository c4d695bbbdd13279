import { z } from 'zod'
import { action, column } from '../../define.ts'
import type { Kind } from '../../engine.ts'
import { instantOf } from '../../common/instants.ts'
import type { Described } from '../../common/observe.ts'
import type { VolumeReply } from '../replies.ts'

const Removal = z.object({ force: z.boolean().default(false) })

export const volumes: Kind = {
  name: 'docker/volumes',
  category: 'volume',
  singular: 'volume',
  plural: 'volumes',
  namespaced: false,
  icon: 'hard-drive',
  columns: [
    column('name', 'name'),
    column('driver', 'text', { facet: true }),
    column('project', 'text', { facet: true }),
    column('usedBy', 'number'),
    column('inUse', 'boolean', { facet: true, hidden: true }),
    column('anonymous', 'boolean', { facet: true, hidden: true }),
    column('mountpoint', 'mono'),
    column('scope', 'text', { hidden: true }),
    column('createdAt', 'instant'),
  ],
  actions: [
    action('remove', 'operator', 'irreversible', {
      input: Removal,
      blockedBy: (row) => (row.facts['inUse'] ? 'volume-in-use' : undefined),
    }),
  ],
  tabs: ['overview', 'events', 'document'],
  streams: [],
  keyFacts: ['driver', 'usedBy', 'mountpoint', 'project', 'createdAt'],
}

/** The row of a volume; `usedBy` is how many containers, running or not, mount it. Pure. */
export function summarise(volume: VolumeReply, usedBy: number): Described {
  return {
    key: volume.Name,
    // A volume has no id of its own: one made anew under the same name differs by when it was made.
    uid: `${volume.Name}@${volume.CreatedAt}`,
    namespace: null,
    name: volume.Name,
    health: usedBy > 0 ? 'healthy' : 'stopped',
    state: { code: usedBy > 0 ? 'in-use' : 'unused' },
    reason: null,
    since: null,
    createdAt: instantOf(volume.CreatedAt),
    facts: {
      driver: volume.Driver,
      project: volume.Labels['com.docker.compose.project'] ?? null,
      usedBy,
      inUse: usedBy > 0,
      // Docker names a volume that nobody named by 64 hexadecimal digits.
      anonymous: /^[0-9a-f]{64}$/.test(volume.Name),
      mountpoint: volume.Mountpoint,
      scope: volume.Scope,
    },
    images: [],
    labels: volume.Labels,
    relations: [],
    searchTerms: [volume.Mountpoint],
  }
}
