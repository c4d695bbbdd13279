import { AppError } from '../../errors/index.ts'
import type { Observed } from '../engine.ts'
import type { DockerApi } from './api.ts'
import { listContainers, readContainer } from './follow.ts'
import { knowShared, sharedKinds, type Known, type SharedKind } from './inventory.ts'
import { judge, settle } from './kinds/container-health.ts'
import { summarise as summariseContainer } from './kinds/containers.ts'
import { observe } from '../common/observe.ts'
import type { ContainerItem, ContainerReply } from './replies.ts'

export const isSharedKind = (kind: string): kind is SharedKind => (sharedKinds as readonly string[]).includes(kind)

const gone = (kind: string, key: string) =>
  new AppError('not_found', `Docker has no ${kind.replace('docker/', '').replace(/s$/, '')} ${key} any more.`, {
    reason: { code: 'engine-has-it-no-more', params: { name: key } },
  })

/** The container of that very name: Docker would also take the beginning of an id for one. */
export async function requireContainer(api: DockerApi, name: string, signal: AbortSignal): Promise<Known<ContainerReply>> {
  const known = await readContainer(api, name, signal)
  if (!known || known.reply.Name.replace(/^\//, '') !== name) throw gone('docker/containers', name)
  return known
}

const paths: Record<SharedKind, string> = {
  'docker/images': '/images/$/json',
  'docker/volumes': '/volumes/$',
  'docker/networks': '/networks/$',
}

/** Containers that keep an image, a volume or a network from being removed. */
export function usersOf(kind: SharedKind, id: string, containers: readonly ContainerItem[]): ContainerItem[] {
  return containers.filter((container) => {
    if (kind === 'docker/images') return container.ImageID === id
    if (kind === 'docker/volumes') return container.Mounts.some((mount) => mount.Type === 'volume' && mount.Name === id)
    return (
      ['running', 'paused', 'restarting'].includes(container.State) &&
      Object.values(container.NetworkSettings.Networks).some((endpoint) => endpoint.NetworkID === id)
    )
  })
}

/** The live object in full. Throws not_found when it is gone, unsupported for what cannot be read one by one. */
export async function readObject(api: DockerApi, kind: string, key: string, signal: AbortSignal, now: number): Promise<Observed> {
  if (kind === 'docker/containers') {
    const { reply, document } = await requireContainer(api, key, signal)
    return observe(summariseContainer(reply, settle(judge(reply), reply, now).verdict), document)
  }
  if (!isSharedKind(kind)) throw new AppError('unsupported', `${kind} cannot be read one by one.`, { reason: { code: 'not-readable' } })
  const [raw, containers] = await Promise.all([
    api.json({ path: paths[kind].replace('$', encodeURIComponent(key)), signal }),
    listContainers(api, signal),
  ])
  const known = knowShared(kind, raw)
  if (!known || known.id !== key) throw gone(kind, key)
  return known.summarise(usersOf(kind, key, containers).length)
}
