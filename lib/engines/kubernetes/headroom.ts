import { z } from 'zod'
import { isAppError } from '../../errors/index.ts'
import type { Headroom } from '../../model/headroom.ts'
import type { KubernetesHttp } from './http.ts'
import { numberOf, sumOf } from './quantity.ts'

const Amounts = z.object({ cpu: z.string().catch('0'), memory: z.string().catch('0') }).catch({ cpu: '0', memory: '0' })
const Nodes = z.object({
  items: z.array(z.object({ status: z.object({ allocatable: Amounts }).catch({ allocatable: { cpu: '0', memory: '0' } }) })),
})
const Usages = z.object({ items: z.array(z.object({ usage: Amounts })) })

const limit = 5_000

const sum = (quantities: readonly string[]) => sumOf(quantities.map((quantity) => numberOf(quantity) ?? 0))

/** What the nodes have for pods, and what of it is in use, where metrics.k8s.io says so. */
export async function measureHeadroom(http: KubernetesHttp, signal: AbortSignal, now: () => Date): Promise<Headroom> {
  const [nodes, usages] = await Promise.all([
    readOrNull(http, Nodes, '/api/v1/nodes', signal),
    readOrNull(http, Usages, '/apis/metrics.k8s.io/v1beta1/nodes', signal),
  ])
  const has = nodes?.items.map(({ status }) => status.allocatable)
  const uses = usages?.items.map(({ usage }) => usage)
  return {
    at: now().toISOString(),
    cores: has ? sum(has.map(({ cpu }) => cpu)) : null,
    usedCores: uses ? sum(uses.map(({ cpu }) => cpu)) : null,
    memoryBytes: has ? sum(has.map(({ memory }) => memory)) : null,
    usedMemoryBytes: uses ? sum(uses.map(({ memory }) => memory)) : null,
    disk: null,
  }
}

/** Null for what may not be read, and for metrics that nobody serves. */
async function readOrNull<T>(http: KubernetesHttp, schema: z.ZodType<T>, path: string, signal: AbortSignal): Promise<T | null> {
  try {
    return schema.safeParse(await http.json({ path, query: { limit }, signal })).data ?? null
  } catch (failure) {
    if (isAppError(failure) && ['engine_denied', 'not_found', 'engine_failed'].includes(failure.code)) return null
    throw failure
  }
}
