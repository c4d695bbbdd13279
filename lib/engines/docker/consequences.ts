import { z } from 'zod'
import { isAppError } from '../../errors/index.ts'
import type { Reason } from '../../model/reason.ts'
import type { DockerApi } from './api.ts'
import { listContainers } from './follow.ts'
import { know, type SharedKind } from './inventory.ts'
import { isSharedKind, readObject, usersOf } from './read.ts'
import { ContainerReply, ImageReply, type ContainerItem } from './replies.ts'

/** Docker measures a volume by walking through it; nobody waits longer than this for a dialog. */
const measureTimeoutMs = 3_000
const mostNamed = 5

/** What an action would end, erase or cut off. Only reads. */
export async function consequencesOf(
  api: DockerApi,
  kind: string,
  key: string,
  action: string,
  signal: AbortSignal,
  now: number,
): Promise<Reason[]> {
  if (kind === 'docker/containers') return ofContainer(api, key, action, signal)
  return isSharedKind(kind) && action === 'remove' ? ofSharedRemoval(api, kind, key, signal, now) : []
}

const stops = new Set(['stop', 'kill', 'restart', 'pause', 'remove'])
const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10
const nameList = (names: readonly string[]) => names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '')
const nameOf = (container: ContainerItem) => container.Names[0]?.replace(/^\//, '') ?? container.Id.slice(0, 12)

async function ofContainer(api: DockerApi, name: string, action: string, signal: AbortSignal): Promise<Reason[]> {
  if (!stops.has(action)) return []
  // Measuring the writable layer walks through it, so only a removal asks for it.
  const [raw, all] = await Promise.all([
    api.json({
      path: `/containers/${encodeURIComponent(name)}/json`,
      query: action === 'remove' ? { size: true } : {},
      signal,
      timeoutMs: 30_000,
    }),
    listContainers(api, signal),
  ])
  const container = know(ContainerReply, raw)?.reply
  if (!container) return []
  return [...endedBy(container, action, all), ...(action === 'remove' ? lostWith(container) : [])]
}

function endedBy(container: ContainerReply, action: string, all: readonly ContainerItem[]): Reason[] {
  const reasons: Reason[] = []
  if (!['running', 'paused', 'restarting'].includes(container.State.Status)) return reasons
  const ports = [
    ...new Set(Object.values(container.NetworkSettings.Ports).flatMap((bindings) => bindings?.map((binding) => binding.HostPort) ?? [])),
  ]
  const lodgers = all.filter((other) => other.HostConfig.NetworkMode === `container:${container.Id}`).map(nameOf)
  if (action === 'remove') reasons.push({ code: 'running-needs-force' })
  if (ports.length > 0) reasons.push({ code: 'ports-stop-answering', params: { count: ports.length, ports: ports.join(', ') } })
  if (container.ExecIDs.length > 0 && action !== 'pause')
    reasons.push({ code: 'sessions-end', params: { count: container.ExecIDs.length } })
  if (lodgers.length > 0) reasons.push({ code: 'lodgers-lose-network', params: { count: lodgers.length, names: nameList(lodgers) } })
  if (action === 'kill') reasons.push({ code: 'ends-without-saving' })
  if (action === 'stop' && container.HostConfig.RestartPolicy.Name !== 'no' && container.HostConfig.RestartPolicy.Name !== '')
    reasons.push({ code: 'stays-down-until-started' })
  if (action === 'kill' && container.HostConfig.RestartPolicy.Name === 'always') reasons.push({ code: 'engine-restarts-it' })
  return reasons
}

function lostWith(container: ContainerReply): Reason[] {
  const reasons: Reason[] = [{ code: 'logs-lost' }]
  const volumes = container.Mounts.filter((mount) => mount.Type === 'volume').map((mount) => mount.Name)
  const anonymous = volumes.filter((volume) => /^[0-9a-f]{64}$/.test(volume))
  const named = volumes.filter((volume) => !anonymous.includes(volume))
  const project = container.Config.Labels['com.docker.compose.project']
  if (container.SizeRw) reasons.push({ code: 'writable-layer-lost', params: { megabytes: megabytes(container.SizeRw) } })
  if (anonymous.length > 0) reasons.push({ code: 'anonymous-volumes-go-on-demand', params: { count: anonymous.length } })
  if (named.length > 0) reasons.push({ code: 'named-volumes-stay', params: { count: named.length, names: nameList(named) } })
  if (project) reasons.push({ code: 'compose-makes-it-anew', params: { project } })
  return reasons
}

async function ofSharedRemoval(api: DockerApi, kind: SharedKind, key: string, signal: AbortSignal, now: number): Promise<Reason[]> {
  const [{ summary, document }, containers] = await Promise.all([readObject(api, kind, key, signal, now), listContainers(api, signal)])
  const users = usersOf(kind, key, containers).map(nameOf)
  const reasons: Reason[] =
    users.length > 0 ? [{ code: 'used-by-containers', params: { count: users.length, names: nameList(users) } }] : []
  if (kind === 'docker/volumes') reasons.push(await ofVolume(api, key, signal))
  if (kind === 'docker/images') {
    const tags = summary.images
    if (tags.length > 0) reasons.push({ code: 'tags-vanish', params: { count: tags.length, names: nameList(tags) } })
    reasons.push(isFromRegistry(ImageReply.parse(document)) ? { code: 'image-can-be-pulled-again' } : { code: 'image-only-here' })
  }
  return reasons
}

/** A digest is a registry's word, but for containerd's store, where it is the image's own id: there the engine remembers pulls. */
const isFromRegistry = ({ Id, RepoDigests, Identity }: ImageReply): boolean =>
  (Identity?.Pull.length ?? 0) > 0 || RepoDigests.some((digest) => !digest.includes('<none>') && !digest.endsWith(`@${Id}`))

const volumeSizes = z.array(z.object({ Name: z.string(), UsageData: z.object({ Size: z.number() }).nullish() })).nullish()
/** The volumes have another place from API 1.52 on, where they are only listed when asked for with `verbose`. */
const Usage = z
  .object({ Volumes: volumeSizes, VolumeUsage: z.object({ Items: volumeSizes }).nullish() })
  .transform(({ Volumes, VolumeUsage }) => VolumeUsage?.Items ?? Volumes ?? [])

async function ofVolume(api: DockerApi, name: string, signal: AbortSignal): Promise<Reason> {
  try {
    const query = { type: 'volume', verbose: true }
    const usage = Usage.safeParse(await api.json({ path: '/system/df', query, signal, timeoutMs: measureTimeoutMs }))
    const size = usage.data?.find((volume) => volume.Name === name)?.UsageData?.Size ?? -1
    return size >= 0 ? { code: 'volume-content-lost', params: { megabytes: megabytes(size) } } : { code: 'volume-content-lost-unmeasured' }
  } catch (failure) {
    if (isAppError(failure) && failure.code === 'engine_timeout') return { code: 'volume-content-lost-unmeasured' }
    throw failure
  }
}
