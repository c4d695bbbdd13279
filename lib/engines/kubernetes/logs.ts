import { setTimeout as wait } from 'node:timers/promises'
import type { V1LabelSelector } from '@kubernetes/client-node'
import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import { mostLinesAFrame } from '../../model/stream.ts'
import type { LogFrame, LogLine, LogOptions } from '../engine.ts'
import type { KubernetesApi } from './api.ts'
import type { KubernetesHttp } from './http.ts'
import type { KubernetesKind } from './kind.ts'
import { ContainerLog } from './container-log.ts'
import { LogMerge, type Told } from './log-merge.ts'
import { containersOf, lookAtPod, type Pod } from './pod.ts'

/** More than these nobody can read, and each costs the API server a connection. */
const mostLogs = 100
const lookForPodsEveryMs = 5_000
const podsAPage = 250

/** Whose logs are read: one pod's, or those of all pods that a selector finds. */
export type Readable = { namespace: string; pod: string } | { namespace: string; selector: string }

type Selector = V1LabelSelector | Record<string, string>

/** The selector of a workload or service as the API takes it in a query; null for what selects nothing. */
export function labelSelector(selector: Selector | undefined): string | null {
  if (!selector) return null
  const isTyped = 'matchLabels' in selector || 'matchExpressions' in selector
  const { matchLabels = {}, matchExpressions = [] } = isTyped
    ? (selector as V1LabelSelector)
    : { matchLabels: selector as Record<string, string> }
  const terms = [
    ...Object.entries(matchLabels).map(([name, value]) => `${name}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      if (operator === 'In') return `${key} in (${values.join(',')})`
      if (operator === 'NotIn') return `${key} notin (${values.join(',')})`
      return operator === 'Exists' ? key : `!${key}`
    }),
  ]
  return terms.length > 0 ? terms.join(',') : null
}

/** Whose logs are those of an object: a pod's own, or of the pods that its selector finds. Throws not_found, and unsupported for what has none. */
export async function readableOf(api: KubernetesApi, kind: KubernetesKind, key: string, signal: AbortSignal): Promise<Readable> {
  const [namespace = '', name = ''] = key.split('/')
  if (kind.name === 'kubernetes/pods') return { namespace, pod: name }
  const { raw } = await api.object(kind, key, signal)
  const selector = labelSelector((raw as { spec?: { selector?: Selector } }).spec?.selector)
  if (selector) return { namespace, selector }
  throw new AppError('unsupported', `${name} selects no pods.`, { reason: { code: 'no-such-stream' } })
}

const Cursors = z.record(z.string(), z.string())

/** Where each of the logs goes on. Throws invalid_input for what is no cursor. */
function parseCursors(cursor: string | undefined): Record<string, string> {
  if (!cursor) return {}
  try {
    const parsed = Cursors.safeParse(JSON.parse(cursor))
    if (parsed.success) return parsed.data
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
  }
  throw new AppError('invalid_input', 'This is not a place in a log.', { reason: { code: 'log-cursor-invalid' } })
}

/** The logs of all containers of a pod or of many pods, merged in order of time; pods that come later join. */
export async function* readLogs(api: KubernetesHttp, of: Readable, options: LogOptions, signal: AbortSignal): AsyncGenerator<LogFrame> {
  if (!options.stdout) return
  const cursors = parseCursors(options.cursor)
  const logs = new Map<string, ContainerLog>()
  const merge = new LogMerge()
  const over = new AbortController()
  const ending = AbortSignal.any([signal, over.signal])
  const leftOut = new Set<string>()
  let isFirst = true

  /** Begins to read what is not read yet; names what is too much. */
  async function join(): Promise<LogFrame[]> {
    const found = (await podsOf(api, of, ending)).flatMap((pod) => containersOf(pod).map((container) => ({ pod, container })))
    const isOne = 'pod' in of
    const fresh: string[] = []
    for (const { pod, container } of found) {
      const name = `${pod.metadata.name}/${container}`
      if (logs.has(name) || leftOut.has(name)) continue
      if (merge.size >= mostLogs) {
        leftOut.add(name)
        fresh.push(name)
        continue
      }
      const log = new ContainerLog(api, pod, container, isFirst ? options : { ...options, since: undefined, tail: undefined })
      logs.set(name, log)
      const label = !isOne ? name : found.length > 1 ? container : null
      merge.add(name, label, log.read(cursors[name], ending), log.told)
    }
    if (fresh.length === 0) return []
    return [
      {
        type: 'mark',
        at: new Date(0).toISOString(),
        mark: 'left-out',
        params: { count: leftOut.size, names: fresh.slice(0, 10).join(', ') },
      },
    ]
  }

  const cursor = () =>
    JSON.stringify({ ...cursors, ...Object.fromEntries([...logs].flatMap(([name, log]) => (log.cursor ? [[name, log.cursor]] : []))) })

  const joined: LogFrame[] = []
  let failure: { error: unknown } | null = null
  async function keepJoining(): Promise<void> {
    try {
      for (;;) {
        await wait(lookForPodsEveryMs, undefined, { signal: ending })
        joined.push(...(await join()))
        merge.poke()
      }
    } catch (error) {
      if (ending.aborted) return
      failure = { error }
      merge.poke()
    }
  }

  try {
    yield* await join()
    if (options.follow && !('pod' in of)) void keepJoining()
    for (;;) {
      const some = await merge.take(ending, isFirst)
      isFirst = false
      if (failure) throw (failure as { error: unknown }).error
      yield* joined.splice(0)
      if (!some) {
        // A workload without a pod may get one.
        if (!options.follow || 'pod' in of) return
        await wait(lookForPodsEveryMs, undefined, { signal: ending })
        continue
      }
      yield* framesOf(some, cursor)
    }
  } finally {
    over.abort()
    await merge.close()
  }
}

/** Lines that follow each other in one frame. The cursor counts them all: a reader takes in what was told at once. */
function* framesOf(told: readonly Told[], cursor: () => string): Generator<LogFrame> {
  let lines: LogLine[] = []
  for (const one of told) {
    if ('line' in one) lines.push(one.line)
    if (lines.length > 0 && ('mark' in one || lines.length === mostLinesAFrame)) {
      yield { type: 'lines', lines, cursor: cursor() }
      lines = []
    }
    if ('mark' in one) yield one.mark
  }
  if (lines.length > 0) yield { type: 'lines', lines, cursor: cursor() }
}

async function podsOf(api: KubernetesHttp, of: Readable, signal: AbortSignal): Promise<Pod[]> {
  if ('pod' in of) {
    const pod = await lookAtPod(api, of.namespace, of.pod, signal)
    if (pod) return [pod]
    throw new AppError('not_found', `There is no pod ${of.pod} any more.`, {
      reason: { code: 'engine-has-it-no-more', params: { name: of.pod } },
    })
  }
  const pods: Pod[] = []
  let next: string | undefined
  do {
    const path = `/api/v1/namespaces/${encodeURIComponent(of.namespace)}/pods`
    const query = { labelSelector: of.selector, limit: podsAPage, continue: next }
    const page = (await api.json({ path, query, signal })) as { items?: Pod[]; metadata?: { continue?: string } }
    pods.push(...(page.items ?? []))
    next = page.metadata?.continue || undefined
    // What comes after is left out in any case.
  } while (next && pods.length < mostLogs * 2)
  return pods
}
