import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { listen } from '../lib/database/index.ts'
import { listRows, writeBatch } from '../lib/inventory/index.ts'
import { ResourceQuery } from '../lib/model/query.ts'
import type { Scope } from '../lib/model/rights.ts'
import { concerns, type Topic } from '../lib/model/topic.ts'
import { instances, nextBatch, type Part } from './fleet.ts'
import { randomOf } from './random.ts'
import { quantile } from './report.ts'

const intervalMs = 100
const batchMs = 50

interface LiveQuery {
  query: ResourceQuery
  scope: Scope
  wakes: Topic[]
  /** When the changes happened that it has not shown yet. */
  waiting: number[]
  /** The run of now, or null. */
  run: Promise<void> | null
  startedAt: number
  tookMs: number
  /** How long each run took. */
  times: number[]
}

const everything: Scope = [{ environment: null, namespaces: null }]

/** 20 distinct queries of 100 watchers (equal ones are one): 5 search, 5 are bound to a namespace. */
function liveQueries(environmentIds: readonly number[]): LiveQuery[] {
  const texts = ['web-api', '10.17.', 'ledger-cron', 'team-17', ':1.13.6']
  return Array.from({ length: 20 }, (_, i): LiveQuery => {
    const environment = String(environmentIds[i % environmentIds.length])
    const namespace = `team-${i}`
    const bound = i >= 5 && i < 10
    const query = ResourceQuery.parse({
      kind: instances.name,
      ...(i < 5 ? { text: texts[i], environment } : {}),
      ...(i >= 10 && i < 15 ? { environment } : {}),
      ...(i >= 15 ? { filters: [{ field: 'health', op: 'in', values: ['failing', 'degraded'] }] } : {}),
      sort: { field: ['health', 'name', 'createdAt', 'restarts', 'since'][i % 5]!, descending: i % 2 === 1 },
    })
    const scope: Scope = bound ? [{ environment, namespaces: [namespace] }] : everything
    const narrow = bound || query.environment !== undefined
    const wakes: Topic[] = [{ topic: 'rows', kind: instances.name, ...(narrow ? { environment } : {}), ...(bound ? { namespace } : {}) }]
    return { query, scope, wakes, waiting: [], run: null, startedAt: 0, tookMs: 0, times: [] }
  })
}

/** As many at once as the product runs, so that they leave connections to requests; waiting for a turn is no duration. */
const turns = new PQueue({ concurrency: 4 })

async function runOnce(live: LiveQuery): Promise<{ shown: number[]; now: number }> {
  const shown = live.waiting.splice(0)
  live.startedAt = performance.now()
  await listRows(live.query, live.scope)
  const now = performance.now()
  live.tookMs = now - live.startedAt
  live.times.push(live.tookMs)
  return { shown, now }
}

/** Runs it until nothing waits any more. */
async function catchUp(live: LiveQuery, latencies: number[], watchers: number, signal: AbortSignal): Promise<void> {
  while (live.waiting.length && !signal.aborted) {
    // Slow ones run less often, so that they never take more than a tenth of the time.
    const due = live.startedAt + Math.max(intervalMs, live.tookMs * 10)
    await wait(Math.max(0, due - performance.now()))
    const { shown, now } = await turns.add(() => runOnce(live))
    for (const at of shown) for (let i = 0; i < watchers; i++) latencies.push(now - at)
  }
  live.run = null
}

export interface LiveResult {
  p50: number
  p99: number
  runs: number
  changes: number
  /** Milliseconds from handing a batch over to its commit. */
  writeP50: number
  writeP99: number
  nodeCores: number
  /** Null where it cannot be read. */
  postgresCores: number | null
}

/** Changes at a steady rate for some seconds, written in batches; every query runs again when its kind of change was told. */
export async function measureLive(
  parts: readonly Part[],
  fence: bigint,
  seconds: number,
  changesPerSecond: number,
  postgresCpu: () => number | null,
): Promise<LiveResult> {
  const random = randomOf(3)
  const queries = liveQueries([...new Set(parts.map((part) => part.environmentId))])
  // A watcher gets the list as it is, and from then on what changes.
  for (const live of queries) await runOnce(live)
  const latencies: number[] = []
  const writes: number[] = []
  const stop = new AbortController()
  // When the changes of the batches happened that are told next; the notification comes with the commit.
  const told = new Map<string, number[]>()
  const unlisten = listen((topic) => {
    if (topic.topic !== 'rows') return
    const times = told.get(topic.environment ?? '') ?? []
    for (const live of queries) {
      if (!live.wakes.some((wanted) => concerns(topic, wanted))) continue
      live.waiting.push(...times)
      if (live.waiting.length) live.run ??= catchUp(live, latencies, 5, stop.signal)
    }
  })
  await wait(300)
  const size = Math.round((changesPerSecond * batchMs) / 1_000)
  const mine = parts.filter((part) => part.kind === instances.name)
  const started = performance.now()
  const before = { node: process.cpuUsage(), postgres: postgresCpu() }
  const pending: Promise<void>[] = []
  let version = 0
  for (let n = 1; performance.now() - started < seconds * 1_000; n++) {
    await wait(Math.max(0, started + n * batchMs - performance.now()))
    const part = mine[n % mine.length]!
    const handed = performance.now()
    // The changes of a batch came one by one since the batch before.
    told.set(
      String(part.environmentId),
      Array.from({ length: 5 }, (_, i) => handed - (batchMs * (i + 0.5)) / 5),
    )
    const batch = nextBatch(random, part, size, ++version)
    pending.push(writeBatch(part.environmentId, fence, batch, new Date()).then(() => void writes.push(performance.now() - handed)))
  }
  const changes = version * size
  await Promise.all(pending)
  const elapsed = (performance.now() - started) / 1_000
  const node = process.cpuUsage(before.node)
  const postgres = postgresCpu()
  stop.abort()
  unlisten()
  await Promise.all(queries.flatMap((live) => live.run ?? []))
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    runs: queries.reduce((sum, live) => sum + live.times.length, 0),
    changes,
    writeP50: quantile(writes, 0.5),
    writeP99: quantile(writes, 0.99),
    nodeCores: (node.user + node.system) / 1e6 / elapsed,
    postgresCores: before.postgres === null || postgres === null ? null : (postgres - before.postgres) / elapsed,
  }
}
