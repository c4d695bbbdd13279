import type { Document } from '../../model/resource.ts'
import type { Batch, Observed } from '../engine.ts'
import { judge, settle } from './kinds/container-health.ts'
import { summarise as summariseContainer } from './kinds/containers.ts'
import { summarise as summariseImage } from './kinds/images.ts'
import { summarise as summariseNetwork } from './kinds/networks.ts'
import { summarise as summariseVolume } from './kinds/volumes.ts'
import { observe } from '../common/observe.ts'
import { ImageReply, NetworkReply, VolumeReply, type ContainerReply } from './replies.ts'
import { hideSecrets, withoutNoise } from '../common/secrets.ts'

export type KindName = 'docker/containers' | 'docker/images' | 'docker/volumes' | 'docker/networks'
export const sharedKinds = ['docker/images', 'docker/volumes', 'docker/networks'] as const
export type SharedKind = (typeof sharedKinds)[number]

/** A reply whose secrets are hidden, as it is read and as it is shown. */
export interface Known<T> {
  reply: T
  document: Document
}

/** Hides, tidies and reads a reply. Null for one without an identity: one odd object must not cost the whole list. */
export function know<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  raw: unknown,
): Known<T> | null {
  const hidden = hideSecrets(raw)
  const parsed = schema.safeParse(hidden)
  return parsed.success ? { reply: parsed.data, document: withoutNoise(hidden) as Document } : null
}

/** How each shared kind is identified, counted and summarised. */
const shared = {
  'docker/images': { schema: ImageReply, idOf: (image: ImageReply) => image.Id, summarise: summariseImage },
  'docker/volumes': { schema: VolumeReply, idOf: (volume: VolumeReply) => volume.Name, summarise: summariseVolume },
  'docker/networks': { schema: NetworkReply, idOf: (network: NetworkReply) => network.Id, summarise: summariseNetwork },
} as const

interface Shared {
  id: string
  name: string
  summarise(usedBy: number): Observed
  /** As it was last told. */
  usedBy: number | null
}

export const isOf = (kind: SharedKind, raw: unknown): boolean => shared[kind].schema.safeParse(raw).success

export function knowShared(kind: SharedKind, raw: unknown): Shared | null {
  // Each entry's schema and functions belong together; TypeScript cannot see that across the union.
  const { schema, idOf, summarise } = shared[kind] as {
    schema: typeof ImageReply
    idOf: (r: ImageReply) => string
    summarise: typeof summariseImage
  }
  const known = know(schema, raw)
  if (!known) return null
  return { id: idOf(known.reply), name: '', usedBy: null, summarise: (usedBy) => observe(summarise(known.reply, usedBy), known.document) }
}

interface KnownContainer {
  key: string
  healthy: boolean
  uses: Record<SharedKind, readonly string[]>
}

const isUp = (container: ContainerReply) => ['running', 'paused', 'restarting'].includes(container.State.Status)

/**
 * What is known of one engine while it is followed: enough to say which rows changed. Takes replies in and gives
 * batches out; does nothing itself.
 */
export class DockerInventory {
  readonly #containers = new Map<string, KnownContainer>()
  readonly #shared: Record<SharedKind, Map<string, Shared>> = {
    'docker/images': new Map(),
    'docker/volumes': new Map(),
    'docker/networks': new Map(),
  }
  readonly #usedBy: Record<SharedKind, Map<string, number>> = {
    'docker/images': new Map(),
    'docker/volumes': new Map(),
    'docker/networks': new Map(),
  }

  /** Whether a container's health may change without an event that says so. */
  needsWatching(id: string): boolean {
    return this.#containers.get(id)?.healthy === false
  }

  keyOfContainer(id: string): string | undefined {
    return this.#containers.get(id)?.key
  }

  /** The name under which an image or a network was last told. */
  nameOf(kind: SharedKind, id: string): string | undefined {
    return this.#shared[kind].get(id)?.name
  }

  /** All containers anew. `now` is the engine's clock. */
  setContainers(replies: readonly Known<ContainerReply>[], now: number): { batch: Omit<Batch, 'cursor'>; rechecks: Map<string, number> } {
    for (const id of this.#containers.keys()) this.#forget(id)
    const changed = this.changeContainers(new Map(replies.map((known) => [known.reply.Id, known])), now)
    return { ...changed, batch: { ...changed.batch, deletes: [], complete: true } }
  }

  /** Some containers, by id; null for one that is gone. */
  changeContainers(
    replies: ReadonlyMap<string, Known<ContainerReply> | null>,
    now: number,
  ): { batch: Omit<Batch, 'cursor'>; rechecks: Map<string, number> } {
    const upserts: Observed[] = []
    const deletes = new Set<string>()
    const rechecks = new Map<string, number>()
    for (const [id, known] of replies) {
      const before = this.#containers.get(id)
      if (before) deletes.add(before.key)
      this.#forget(id)
      if (!known) continue
      const { verdict, recheckAt } = settle(judge(known.reply), known.reply, now)
      const observed = observe(summariseContainer(known.reply, verdict), known.document)
      if (recheckAt) rechecks.set(id, recheckAt)
      this.#remember(known.reply, observed)
      upserts.push(observed)
    }
    // A name may have moved to another container in the meantime.
    for (const { summary } of upserts) deletes.delete(summary.key)
    return { batch: { kind: 'docker/containers', upserts, deletes: [...deletes], complete: false }, rechecks }
  }

  /** All of a shared kind anew. */
  setShared(kind: SharedKind, known: readonly Shared[]): Omit<Batch, 'cursor'> {
    this.#shared[kind] = new Map(known.map((item) => [item.id, item]))
    const upserts = known.map((item) => this.#tell(kind, item))
    return { kind, upserts, deletes: [], complete: true }
  }

  /** Those of a shared kind whose number of users differs from what was told. */
  changeUsage(kind: SharedKind): Omit<Batch, 'cursor'> {
    const changed = [...this.#shared[kind].values()].filter((item) => item.usedBy !== (this.#usedBy[kind].get(item.id) ?? 0))
    return { kind, upserts: changed.map((item) => this.#tell(kind, item)), deletes: [], complete: false }
  }

  #tell(kind: SharedKind, item: Shared): Observed {
    item.usedBy = this.#usedBy[kind].get(item.id) ?? 0
    const observed = item.summarise(item.usedBy)
    item.name = observed.summary.name
    return observed
  }

  #remember(container: ContainerReply, { summary }: Observed): void {
    const uses = usesOf(container)
    this.#containers.set(container.Id, { key: summary.key, healthy: summary.health === 'healthy' || summary.health === 'completed', uses })
    this.#count(uses, 1)
  }

  #forget(id: string): void {
    const known = this.#containers.get(id)
    if (known) this.#count(known.uses, -1)
    this.#containers.delete(id)
  }

  #count(uses: KnownContainer['uses'], step: number): void {
    for (const kind of sharedKinds) {
      for (const id of uses[kind]) {
        const users = (this.#usedBy[kind].get(id) ?? 0) + step
        if (users > 0) this.#usedBy[kind].set(id, users)
        else this.#usedBy[kind].delete(id)
      }
    }
  }
}

/** What a container keeps from being removed: its image and volumes always, its networks while it is up. */
function usesOf(container: ContainerReply): KnownContainer['uses'] {
  const volumes = container.Mounts.filter((mount) => mount.Type === 'volume' && mount.Name).map((mount) => mount.Name)
  const networks = isUp(container) ? Object.values(container.NetworkSettings.Networks).map((endpoint) => endpoint.NetworkID) : []
  return { 'docker/images': [container.Image], 'docker/volumes': [...new Set(volumes)], 'docker/networks': networks.filter(Boolean) }
}
