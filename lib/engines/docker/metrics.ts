import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { MetricSample } from '../engine.ts'
import type { DockerApi } from './api.ts'
import { parseJson } from './failures.ts'
import { instantOf } from '../common/instants.ts'
import { cpuLimitOf } from './kinds/containers.ts'
import { splitLines } from '../common/lines.ts'
import { requireContainer } from './read.ts'
import type { ContainerReply } from './replies.ts'

const longestSample = 2 ** 20
const count = z.number().catch(0)
const Cpu = z
  .object({ cpu_usage: z.object({ total_usage: count }).catch({ total_usage: 0 }), system_cpu_usage: count, online_cpus: count })
  .catch({ cpu_usage: { total_usage: 0 }, system_cpu_usage: 0, online_cpus: 0 })

export const StatsReply = z.object({
  read: z.string(),
  cpu_stats: Cpu,
  precpu_stats: Cpu,
  memory_stats: z
    .object({ usage: z.number().optional(), limit: z.number().optional(), stats: z.record(z.string(), z.number()).catch({}) })
    .catch({ stats: {} }),
  networks: z
    .record(z.string(), z.object({ rx_bytes: count, tx_bytes: count }))
    .nullish()
    .catch(null),
  blkio_stats: z.object({ io_service_bytes_recursive: z.array(z.object({ op: z.string(), value: count })).nullish() }).catch({}),
})
export type StatsReply = z.infer<typeof StatsReply>

const nothing = { cpu: null, memory: null, networkReceived: null, networkSent: null, diskRead: null, diskWritten: null }

/**
 * One sample of `GET /containers/{id}/stats`: cores, bytes, bytes per second against the sample before. Null where the
 * engine has no figure, and for all of a container that does not run. Pure.
 * @see https://github.com/docker/cli/blob/v28.2.2/cli/command/container/stats_helpers.go
 */
export function toSample(stats: StatsReply, before: StatsReply | null, limits: MetricSample['limits'], now: Date): MetricSample {
  const at = instantOf(stats.read)
  if (!at || stats.memory_stats.usage === undefined) return { at: at ?? now.toISOString(), values: nothing, limits }
  const seconds = before ? (Date.parse(stats.read) - Date.parse(before.read)) / 1000 : 0
  const rate = (pick: (of: StatsReply) => number | null): number | null => {
    const [later, earlier] = [pick(stats), before ? pick(before) : null]
    // Counters begin anew when a container does.
    return later === null || earlier === null || seconds <= 0 || later < earlier ? null : (later - earlier) / seconds
  }
  return {
    at,
    values: {
      cpu: coresOf(stats),
      memory: memoryOf(stats),
      networkReceived: rate((of) => sumNetworks(of, 'rx_bytes')),
      networkSent: rate((of) => sumNetworks(of, 'tx_bytes')),
      diskRead: rate((of) => sumDisk(of, 'read')),
      diskWritten: rate((of) => sumDisk(of, 'write')),
    },
    limits: { cpu: limits['cpu'] ?? (stats.cpu_stats.online_cpus || null), memory: limits['memory'] ?? stats.memory_stats.limit ?? null },
  }
}

function coresOf({ cpu_stats: cpu, precpu_stats: before }: StatsReply): number | null {
  const own = cpu.cpu_usage.total_usage - before.cpu_usage.total_usage
  const whole = cpu.system_cpu_usage - before.system_cpu_usage
  return before.system_cpu_usage > 0 && whole > 0 && own >= 0 ? (own / whole) * cpu.online_cpus : null
}

/** The page cache that can be given back at once is not memory in use; cgroup 1 and 2 name it differently. */
function memoryOf({ memory_stats: memory }: StatsReply): number {
  const usage = memory.usage ?? 0
  const cache = memory.stats['total_inactive_file'] ?? memory.stats['inactive_file'] ?? 0
  return cache < usage ? usage - cache : usage
}

function sumNetworks(stats: StatsReply, field: 'rx_bytes' | 'tx_bytes'): number | null {
  return stats.networks ? Object.values(stats.networks).reduce((sum, network) => sum + network[field], 0) : null
}

function sumDisk(stats: StatsReply, op: 'read' | 'write'): number | null {
  const entries = stats.blkio_stats.io_service_bytes_recursive
  return entries ? entries.filter((entry) => entry.op.toLowerCase() === op).reduce((sum, entry) => sum + entry.value, 0) : null
}

const limitsOf = ({ HostConfig: host }: ContainerReply): MetricSample['limits'] => ({ cpu: cpuLimitOf(host), memory: host.Memory || null })

/** About one sample a second, also while the container does not run (then without values), until it is gone. */
export async function* readMetrics(api: DockerApi, name: string, signal: AbortSignal, now: () => Date): AsyncGenerator<MetricSample> {
  const { reply: container } = await requireContainer(api, name, signal)
  const limits = limitsOf(container)
  const stream = await api.stream({ path: `/containers/${container.Id}/stats`, query: { stream: true }, signal })
  let before: StatsReply | null = null
  try {
    for await (const line of splitLines(stream, longestSample)) {
      const stats = StatsReply.safeParse(parseJson(line, api.http.settings))
      if (!stats.success)
        throw new AppError('engine_failed', 'Docker sent figures that cannot be read.', { reason: { code: 'metrics-unreadable' } })
      yield toSample(stats.data, before, limits, now())
      before = stats.data
    }
  } catch (failure) {
    throw api.http.explain(failure, signal)
  } finally {
    stream.destroy()
  }
}
