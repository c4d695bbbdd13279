import { z } from 'zod'
import { action, column } from '../../define.ts'
import type { Kind } from '../../engine.ts'
import { instantOf } from '../../common/instants.ts'
import type { Described } from '../../common/observe.ts'
import type { ImageReply } from '../replies.ts'

const Removal = z.object({ force: z.boolean().default(false) })

export const images: Kind = {
  name: 'docker/images',
  category: 'image',
  singular: 'image',
  plural: 'images',
  namespaced: false,
  icon: 'layers',
  columns: [
    column('name', 'name'),
    column('tags', 'list', { hidden: true }),
    column('repository', 'text', { facet: true, hidden: true }),
    column('size', 'bytes'),
    column('usedBy', 'number'),
    column('inUse', 'boolean', { facet: true, hidden: true }),
    column('dangling', 'boolean', { facet: true }),
    column('createdAt', 'instant'),
    column('digest', 'mono', { hidden: true }),
    column('shortId', 'mono'),
  ],
  // Even an image in use may lose one of several tags, so only the engine can tell what is refused.
  actions: [
    action('remove', 'operator', 'irreversible', { input: Removal, blockedBy: (row) => (row.facts['inUse'] ? 'image-in-use' : undefined) }),
  ],
  tabs: ['overview', 'events', 'document'],
  streams: [],
  keyFacts: ['tags', 'size', 'usedBy', 'createdAt', 'digest'],
}

/** `<none>:<none>` is how Docker's API lists an image without a tag. */
const named = (names: readonly string[]) => names.filter((name) => !name.includes('<none>'))
const repositoryOf = (name: string) => name.replace(/@sha256:.*$/, '').replace(/:[^:/]*$/, '')

/** To the second, as lists have no more. */
function createdOf(image: ImageReply): string | null {
  const at = instantOf(image.Created)
  return at && `${at.slice(0, 19)}.000Z`
}

/** The row of an image; `usedBy` is how many containers were made from it. Pure. */
export function summarise(image: ImageReply, usedBy: number): Described {
  const tags = named(image.RepoTags)
  const digests = named(image.RepoDigests)
  const shortId = image.Id.replace(/^sha256:/, '').slice(0, 12)
  const dangling = tags.length === 0 && digests.length === 0
  return {
    key: image.Id,
    uid: image.Id,
    namespace: null,
    name: tags[0] ?? (digests[0] ? `${repositoryOf(digests[0])}@${shortId}` : shortId),
    health: usedBy > 0 ? 'healthy' : 'stopped',
    state: { code: usedBy > 0 ? 'in-use' : dangling ? 'dangling' : 'unused' },
    reason: null,
    since: null,
    createdAt: createdOf(image),
    facts: {
      tags,
      repository: tags[0] || digests[0] ? repositoryOf(tags[0] ?? digests[0] ?? '') : null,
      size: image.Size,
      usedBy,
      inUse: usedBy > 0,
      dangling,
      digest: digests[0]?.split('@')[1] ?? null,
      shortId,
    },
    images: tags,
    labels: image.Config?.Labels ?? image.Labels,
    relations: [],
    searchTerms: [image.Id, ...tags, ...digests],
  }
}
