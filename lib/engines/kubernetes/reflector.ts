import { z } from 'zod'
import { AppError, isAppError } from '../../errors/index.ts'
import type { Clock } from '../../model/clock.ts'
import { gather } from '../common/gather.ts'
import { Handover } from '../common/handover.ts'
import { splitLines } from '../common/lines.ts'
import { isExpired, isForbidden, notKubernetes } from './failures.ts'
import type { KubernetesHttp } from './http.ts'
import { readLine, type Change, type Line } from './watch-line.ts'

/** What a list has at most in one answer; fewer when objects are so large that it would be too long. */
const pageSize = 500
const pageLimits = { timeoutMs: 60_000, longest: 32 * 2 ** 20 }
/** Objects have at most 1.5 MB in etcd; in JSON, with the names of all who manage them, several times that. */
const longestLine = 16 * 2 ** 20
/** Changes of one action come in handfuls. */
const gatherMs = 40
const mostGathered = 500
/**
 * A watch ends after so long by its own wish, and the server says where before it does. So one that is silent for longer
 * is one whose other end is gone: there is nothing that a quiet one and a dead one have in common.
 */
const shortestWatchSeconds = 24
const watchSpreadSeconds = 6
const lateAfterMs = 10_000
/** How far a cursor may be behind when nothing happens; servers remember five minutes. */
const staleCursorMs = 60_000
/** A server that ends every watch at once must not be asked in a loop. */
const shortestWatchMs = 1_000

export type Reflected =
  /** Part of a list. `last`: with it the list is whole. */
  | { type: 'page'; objects: unknown[]; last: boolean; version: string | null }
  | { type: 'changes'; changes: Change[]; version: string | null }
  /** From here on nothing is missed. */
  | { type: 'watching' }
  /** It is not known at present what happens. */
  | { type: 'failed'; failure: AppError }

export interface ReflectOptions {
  /** Of one resource: the cluster's, or one for each namespace. */
  paths: readonly string[]
  /** `Pod`: the lists are of `PodList`. */
  manifestKind: string
  /** Where to go on from without a list; only of one path. */
  version: string | null
  signal: AbortSignal
  clock: Clock
  random(): number
  /** Waits until it may be tried again; throws when it is no use. */
  recover(failure: AppError): Promise<void>
  /** Resolves when a list may be read, for others are, too; the answer gives the turn back. */
  inTurn(): Promise<() => void>
}

/**
 * Lists a resource, then watches it, for ever: everything that a server has told of it, in order. Ends by throwing: what
 * `recover` threw, or the signal's reason.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export async function* reflect(http: KubernetesHttp, options: ReflectOptions): AsyncGenerator<Reflected> {
  const { paths, signal } = options
  let versions: Versions | null = options.version === null || paths.length !== 1 ? null : new Map([[paths[0]!, options.version]])
  for (;;) {
    try {
      versions ??= yield* listAll(http, options)
      yield* watchAll(http, options, versions)
    } catch (failure) {
      signal.throwIfAborted()
      if (!isAppError(failure)) throw failure
      yield { type: 'failed', failure }
      // An expired version is no fault of anybody's, unless lists expire, too, before they are whole.
      if (!isExpired(failure) || versions === null) await options.recover(failure)
    }
    versions = null
  }
}

/** Path → where its watch goes on. */
type Versions = ReadonlyMap<string, string>

const ListReply = z.object({
  kind: z.string(),
  metadata: z.object({ resourceVersion: z.string().min(1), continue: z.string().optional() }),
  items: z.array(z.unknown()).nullable(),
})

async function* listAll(http: KubernetesHttp, options: ReflectOptions): AsyncGenerator<Reflected, Versions> {
  const { paths } = options
  const release = await options.inTurn()
  try {
    const versions = new Map<string, string>()
    let refused: unknown = null
    for (const path of paths) {
      try {
        versions.set(path, yield* listPath(http, options, path))
      } catch (failure) {
        // Of several namespaces, those that may be listed are.
        if (!isForbidden(failure)) throw failure
        refused = failure
      }
    }
    if (versions.size === 0) throw refused
    const [only, ...others] = versions.values()
    yield { type: 'page', objects: [], last: true, version: (others.length === 0 && only) || null }
    return versions
  } finally {
    release()
  }
}

async function* listPath(http: KubernetesHttp, options: ReflectOptions, path: string): AsyncGenerator<Reflected, string> {
  let from: string | undefined
  for (;;) {
    const { metadata, items } = await readPage(http, options, path, from)
    yield { type: 'page', objects: items ?? [], last: false, version: null }
    if (!metadata.continue) return metadata.resourceVersion
    from = metadata.continue
  }
}

/** One page, of fewer objects when they would be too long together. */
async function readPage(
  http: KubernetesHttp,
  { manifestKind, signal }: ReflectOptions,
  path: string,
  from: string | undefined,
  limit = pageSize,
): Promise<z.infer<typeof ListReply>> {
  try {
    const page = ListReply.safeParse(await http.json({ path, query: { limit, continue: from }, signal, ...pageLimits }))
    if (!page.success || page.data.kind !== `${manifestKind}List`) throw notKubernetes(http.server.address, 'json')
    return page.data
  } catch (failure) {
    if (limit === 1 || !isAppError(failure) || failure.reason?.code !== 'engine-answer-too-large') throw failure
    return readPage(http, { manifestKind, signal } as ReflectOptions, path, from, Math.ceil(limit / 10))
  }
}

type Said = Line | { type: 'watching' } | { type: 'failed'; failure: AppError }

/** Watches all paths at once; what one throws ends all. */
async function* watchAll(http: KubernetesHttp, options: ReflectOptions, versions: Versions): AsyncGenerator<Reflected> {
  const ending = new AbortController()
  const inner = { ...options, signal: AbortSignal.any([options.signal, ending.signal]) }
  const watches = [...versions].map(([path, version]) => watch(http, inner, path, version))
  try {
    let toldAt = options.clock.now()
    for await (const bundle of gather(watches.length === 1 ? watches[0]! : together(watches), gatherMs, mostGathered)) {
      for (const one of bundle) if (one.type === 'watching' || one.type === 'failed') yield one
      const changes = bundle.flatMap((one) => (one.type === 'change' ? one.change : []))
      const version = bundle.flatMap((one) => ('version' in one ? one.version : [])).at(-1) ?? null
      if (changes.length === 0 && (version === null || options.clock.now() - toldAt < staleCursorMs)) continue
      toldAt = options.clock.now()
      yield { type: 'changes', changes, version: watches.length === 1 ? version : null }
    }
  } finally {
    ending.abort()
  }
}

/** Several at once as one, each as fast as it is read. */
async function* together(sources: readonly AsyncIterable<Said>[]): AsyncGenerator<Said> {
  const handover = new Handover<Said>(sources.length)
  for (const source of sources)
    void (async () => {
      for await (const said of source) await handover.put(said)
    })().catch((failure: unknown) => handover.fail(failure))
  for (;;) yield await handover.take()
}

/** Watches one path from a version on, one answer after the other. Throws what only a new list heals. */
async function* watch(http: KubernetesHttp, options: ReflectOptions, path: string, from: string): AsyncGenerator<Said> {
  const { signal, clock, recover } = options
  let version = from
  for (;;) {
    const began = clock.now()
    try {
      for await (const said of watchOnce(http, options, path, version)) {
        if ('version' in said) version = said.version
        yield said
      }
      if (clock.now() - began < shortestWatchMs)
        throw new AppError('engine_failed', 'A watch ended at once.', { reason: { code: 'watch-ended-early' } })
    } catch (failure) {
      signal.throwIfAborted()
      if (!isAppError(failure) || !canGoOn(failure)) throw failure
      yield { type: 'failed', failure }
      await recover(failure)
    }
  }
}

/** Whether what broke leaves the version as good as it was. */
const canGoOn = ({ code, reason, retryAfterSeconds }: AppError): boolean =>
  code === 'engine_unreachable' || code === 'engine_timeout' || retryAfterSeconds !== undefined || reason?.code === 'watch-ended-early'

async function* watchOnce(
  http: KubernetesHttp,
  { manifestKind, signal, clock, random }: ReflectOptions,
  path: string,
  resourceVersion: string,
): AsyncGenerator<Said> {
  const timeoutSeconds = shortestWatchSeconds + Math.floor(watchSpreadSeconds * random())
  const late = new AbortController()
  const cancel = clock.after(timeoutSeconds * 1_000 + lateAfterMs, () => late.abort())
  const either = AbortSignal.any([signal, late.signal])
  try {
    const query = { watch: true, allowWatchBookmarks: true, resourceVersion, timeoutSeconds }
    const stream = await http.stream({ path, query, signal: either })
    yield { type: 'watching' }
    for await (const line of splitLines(stream, longestLine)) yield readLine(line, manifestKind, http.server.address)
  } catch (failure) {
    signal.throwIfAborted()
    if (!late.signal.aborted) throw http.explain(failure, signal)
    throw new AppError('engine_timeout', `${http.server.address} did not end a watch in time: its connection is dead.`, {
      reason: { code: 'watch-silent', params: { address: http.server.address } },
    })
  } finally {
    cancel()
    late.abort()
  }
}
