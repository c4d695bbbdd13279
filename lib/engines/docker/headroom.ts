import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { z } from 'zod'
import { isAppError } from '../../errors/index.ts'
import type { Headroom } from '../../model/headroom.ts'
import type { DockerApi } from './api.ts'
import { StatsReply, toSample } from './metrics.ts'
import { ContainerItem } from './replies.ts'

/** Docker walks through every volume; on a slow disk that takes long, and its figures are then left out. */
const diskTimeoutMs = 20_000
const betweenReadingsMs = 1_000
const readsAtOnce = 8
/** Reading more than so many containers one by one would cost more than the figure is worth. */
const mostContainers = 200

const size = z.number().catch(0)
const listOf = <T extends z.ZodType>(one: T) =>
  z
    .array(one)
    .nullish()
    .transform((all) => all ?? [])
export const UsageReply = z.object({
  LayersSize: size,
  Images: listOf(z.object({ Size: size, SharedSize: size, Containers: size })),
  Containers: listOf(z.object({ SizeRw: size, State: z.string().catch('') })),
  Volumes: listOf(z.object({ UsageData: z.object({ Size: size, RefCount: size }).nullish() })),
  BuildCache: listOf(z.object({ Size: size, InUse: z.boolean().catch(true), Shared: z.boolean().catch(false) })),
})
const MachineReply = z.object({ NCPU: size, MemTotal: size })

const sum = (values: readonly number[]) => values.reduce((total, value) => total + Math.max(0, value), 0)
const active = new Set(['running', 'paused', 'restarting'])

/**
 * What Docker keeps on disk, in its own way of counting: layers that images share once. Pure.
 * @see https://github.com/docker/cli/blob/v28.2.2/cli/command/formatter/disk_usage.go
 */
export function diskOf(usage: z.output<typeof UsageReply>): NonNullable<Headroom['disk']> {
  const used = usage.Images.filter((image) => image.Containers !== 0 && image.Size >= 0 && image.SharedSize >= 0)
  const volumes = usage.Volumes.flatMap(({ UsageData }) => UsageData ?? [])
  const cache = usage.BuildCache.filter((record) => !record.Shared)
  const layers = sum([usage.LayersSize])
  return [
    { part: 'images', bytes: layers, reclaimableBytes: sum([layers - sum(used.map((image) => image.Size - image.SharedSize))]) },
    {
      part: 'volumes',
      bytes: sum(volumes.map((volume) => volume.Size)),
      reclaimableBytes: sum(volumes.filter((volume) => volume.RefCount === 0).map((volume) => volume.Size)),
    },
    {
      part: 'writable',
      bytes: sum(usage.Containers.map((container) => container.SizeRw)),
      reclaimableBytes: sum(usage.Containers.filter(({ State }) => !active.has(State)).map((container) => container.SizeRw)),
    },
    {
      part: 'cache',
      bytes: sum(cache.map((record) => record.Size)),
      reclaimableBytes: sum(cache.filter((record) => !record.InUse).map((record) => record.Size)),
    },
  ]
}

async function measureDisk(api: DockerApi, signal: AbortSignal): Promise<Headroom['disk']> {
  try {
    return diskOf(await api.read(UsageReply, { path: '/system/df', signal, timeoutMs: diskTimeoutMs }))
  } catch (failure) {
    if (isAppError(failure) && failure.code === 'engine_timeout') return null
    throw failure
  }
}

/** One reading of every container that runs, by id; one that ends meanwhile is left out. */
async function readAll(api: DockerApi, ids: readonly string[], signal: AbortSignal): Promise<Map<string, StatsReply>> {
  const read = async (id: string): Promise<[string, StatsReply][]> => {
    try {
      const query = { stream: false, 'one-shot': true }
      return [[id, await api.read(StatsReply, { path: `/containers/${encodeURIComponent(id)}/stats`, query, signal })]]
    } catch (failure) {
      if (isAppError(failure) && failure.code === 'not_found') return []
      throw failure
    }
  }
  const queue = new PQueue({ concurrency: readsAtOnce })
  return new Map((await queue.addAll(ids.map((id) => () => read(id)))).flat())
}

/** What the containers use together: of CPU time between two readings, of memory at the second one. */
async function measureUse(api: DockerApi, signal: AbortSignal, now: () => Date): Promise<Pick<Headroom, 'usedCores' | 'usedMemoryBytes'>> {
  const running = await api.read(z.array(ContainerItem), { path: '/containers/json', signal })
  if (running.length > mostContainers) return { usedCores: null, usedMemoryBytes: null }
  const ids = running.map((container) => container.Id)
  const before = await readAll(api, ids, signal)
  if (ids.length > 0) await wait(betweenReadingsMs)
  const values = [...(await readAll(api, ids, signal))].flatMap(([id, later]) => {
    const earlier = before.get(id)
    return earlier ? [toSample({ ...later, precpu_stats: earlier.cpu_stats }, null, {}, now()).values] : []
  })
  return { usedCores: sum(values.map(({ cpu }) => cpu ?? 0)), usedMemoryBytes: sum(values.map(({ memory }) => memory ?? 0)) }
}

export async function measureHeadroom(api: DockerApi, signal: AbortSignal, now: () => Date): Promise<Headroom> {
  const [machine, use, disk] = await Promise.all([
    api.read(MachineReply, { path: '/info', signal }),
    measureUse(api, signal, now),
    measureDisk(api, signal),
  ])
  return { at: now().toISOString(), cores: machine.NCPU || null, memoryBytes: machine.MemTotal || null, ...use, disk }
}
