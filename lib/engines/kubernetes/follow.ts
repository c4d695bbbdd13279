import PQueue from 'p-queue'
import type { AppError } from '../../errors/index.ts'
import { BackoffGate } from '../../model/backoff.ts'
import type { Clock } from '../../model/clock.ts'
import type { Reason } from '../../model/reason.ts'
import { Handover } from '../common/handover.ts'
import type { Followed } from '../engine.ts'
import type { KubernetesApi } from './api.ts'
import { pathOf, type Served } from './discovery.ts'
import { isForbidden } from './failures.ts'
import type { KubernetesKind } from './kind.ts'
import { reflect, type Reflected } from './reflector.ts'
import { EventTeller, RowTeller, type Teller } from './tellers.ts'

/** Lists read at once: each may be half a megabyte a page and more. */
const listsAtOnce = 4
/** Batches that wait for who follows. */
const mostWaiting = 8
/** So long without a failure, and the next one is a first one. */
const goodMs = 120_000
/** Rights are given and kinds are installed; nobody waits for it at the second. */
const refusedAgainMs = 60_000
/** Each is a list and a watch of each kind. */
const mostNamespaces = 50
/** A definition that was made is served a moment later. */
const discoverAfterMs = 1_500

export interface FollowOptions {
  kinds: readonly KubernetesKind[]
  cursors: Record<string, string>
  /** Null: all that may be listed. */
  namespaces: readonly string[] | null
  signal: AbortSignal
  aliveIntervalMs: number
  /** How often the server is asked anew what it serves. */
  discoverIntervalMs: number
  clock: Clock
  random(): number
}

/** Follows one cluster: each kind that it serves by a list and a watch. See `Connection.follow`. */
export async function* followKubernetes(api: KubernetesApi, options: FollowOptions): AsyncGenerator<Followed> {
  const following = new Following(api, options)
  try {
    yield* following.run()
  } finally {
    following.end()
  }
}

interface Pump {
  /** What is listed and watched; empty: the server has nothing of the kind. */
  paths: readonly string[]
  /** It went on from a cursor, without a list. */
  resumed: boolean
  ending: AbortController
}

interface Source {
  paths: readonly string[]
  version: string | null
  teller: Teller
}

/** Kinds whose objects say what else is served. */
const defining = new Set(['kubernetes/customresourcedefinitions.apiextensions.k8s.io', 'kubernetes/apiservices.apiregistration.k8s.io'])

class Following {
  readonly #api: KubernetesApi
  readonly #options: FollowOptions
  readonly #ending = new AbortController()
  readonly #signal: AbortSignal
  readonly #handover = new Handover<Followed>(mostWaiting)
  readonly #lists = new PQueue({ concurrency: listsAtOnce })
  readonly #gate: BackoffGate
  readonly #pumps = new Map<string, Pump>()
  /** Kinds of which it is not known at present what happens. */
  readonly #unsettled: Set<string>
  readonly #unfollowed = new Set<string>()
  /** Kinds that may not be listed all at once, and so are by namespace. */
  readonly #confined = new Set<string>()
  #failedAt = -Infinity
  #looking: Promise<void> | null = null
  #rediscover: (() => void) | null = null

  constructor(api: KubernetesApi, options: FollowOptions) {
    this.#api = api
    this.#options = options
    this.#signal = AbortSignal.any([options.signal, this.#ending.signal])
    this.#gate = new BackoffGate(options.clock, options.random)
    this.#unsettled = new Set(options.kinds.map((kind) => kind.name))
    this.#signal.addEventListener('abort', () => this.#handover.fail(this.#signal.reason), { once: true })
  }

  async *run(): AsyncGenerator<Followed> {
    yield { type: 'alive', behind: true }
    this.#inBackground(this.#assignAgainAndAgain())
    this.#inBackground(this.#beAlive())
    for (;;) {
      this.#signal.throwIfAborted()
      yield await this.#handover.take()
    }
  }

  end(): void {
    this.#ending.abort()
  }

  /** Whatever ends it ends the following. */
  #inBackground(running: Promise<void>): void {
    running.catch((failure: unknown) => {
      this.#handover.fail(failure)
      this.#ending.abort(failure)
    })
  }

  /** Ends early with the following, and when what `hear` is given is called. */
  #wait(ms: number, hear: (finish: () => void) => void = () => undefined): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        cancel()
        this.#signal.removeEventListener('abort', finish)
        resolve()
      }
      const cancel = this.#options.clock.after(ms, finish)
      this.#signal.addEventListener('abort', finish, { once: true })
      hear(finish)
    })
  }

  async #beAlive(): Promise<void> {
    while (!this.#signal.aborted) {
      await this.#look()
      await this.#handover.put({ type: 'alive', behind: this.#unsettled.size > 0 })
      await this.#wait(this.#options.aliveIntervalMs)
    }
  }

  /** Whether the server answers at all; asked once for all who want to know. */
  #look(): Promise<void> {
    return (this.#looking ??= this.#api.ping(this.#signal).finally(() => (this.#looking = null)))
  }

  async #assignAgainAndAgain(): Promise<void> {
    while (!this.#signal.aborted) {
      this.#api.forget()
      for (const kind of this.#options.kinds) await this.#assign(kind)
      await this.#wait(this.#options.discoverIntervalMs, (finish) => (this.#rediscover = finish))
      await this.#wait(discoverAfterMs)
    }
  }

  /** Follows a kind where the server has it now, which may be nowhere. */
  async #assign(kind: KubernetesKind): Promise<void> {
    const served = await this.#api.served(kind, this.#signal)
    const paths = served ? (await this.#namespacesOf(kind, served)).map((namespace) => pathOf(served, { namespace })) : []
    const known = this.#pumps.get(kind.name)
    // What went on from a cursor is listed once, later: an older Portolan may have described its rows.
    if (known && !known.resumed && known.paths.join() === paths.join()) return
    known?.ending.abort()
    const ending = new AbortController()
    const teller = served && (kind.category === 'event' ? new EventTeller() : new RowTeller(kind, served))
    const version = teller?.versionOf(known ? undefined : this.#options.cursors[kind.name]) ?? null
    this.#pumps.set(kind.name, { paths, resumed: version !== null && paths.length === 1, ending })
    this.#inBackground(served && teller ? this.#pump(kind, served, { paths, version, teller }, ending.signal) : this.#tellNone(kind))
  }

  /** Where a kind is listed: everywhere at once (null), unless somebody named namespaces or its rights end at them. */
  async #namespacesOf({ name }: KubernetesKind, { namespaced }: Served): Promise<readonly (string | null)[]> {
    const { namespaces } = this.#options
    if (!namespaced) return [null]
    if (namespaces) return namespaces
    const known = this.#confined.has(name) ? await this.#api.namespaces(mostNamespaces, this.#signal) : []
    return known.length > 0 ? known : [null]
  }

  async #tellNone(kind: KubernetesKind): Promise<void> {
    this.#unsettled.delete(kind.name)
    await this.#takeUp(kind)
    if (kind.category === 'event') return
    await this.#handover.put({ type: 'batch', batch: { kind: kind.name, upserts: [], deletes: [], complete: true, cursor: null } })
  }

  async #pump(kind: KubernetesKind, served: Served, { paths, version, teller }: Source, ending: AbortSignal): Promise<void> {
    const { clock, random } = this.#options
    const signal = AbortSignal.any([this.#signal, ending])
    const said = reflect(this.#api.http, {
      paths,
      manifestKind: kind.manifestKind,
      version,
      signal,
      clock,
      random,
      recover: (failure) => this.#recover(failure),
      inTurn: () => this.#inTurn(),
    })
    try {
      for await (const one of said) {
        this.#note(kind, one)
        for (const followed of await teller.tell(one)) await this.#handover.put(followed)
        if (one.type === 'failed' && !this.#confine(kind, served, one.failure)) await this.#leaveOut(kind, one.failure)
        if ((one.type === 'page' && one.last) || one.type === 'watching') await this.#takeUp(kind)
      }
    } catch (failure) {
      if (!ending.aborted) throw failure
    }
  }

  #note(kind: KubernetesKind, said: Reflected): void {
    if (said.type === 'failed') this.#unsettled.add(kind.name)
    else if (said.type === 'watching' || (said.type === 'page' && said.last)) this.#unsettled.delete(kind.name)
    if (said.type === 'changes' && said.changes.length > 0 && defining.has(kind.name)) this.#rediscover?.()
  }

  /** Whether a kind that may not be listed is tried by namespace from here on. */
  #confine(kind: KubernetesKind, { namespaced }: Served, failure: AppError): boolean {
    if (!isForbidden(failure) || !namespaced || this.#options.namespaces || this.#confined.has(kind.name)) return false
    this.#confined.add(kind.name)
    this.#inBackground(
      this.#assign(kind).then(async () => {
        // Nothing could be named: that is why it is not followed.
        if (this.#pumps.get(kind.name)?.paths.length === 1) await this.#leaveOut(kind, failure)
      }),
    )
    return true
  }

  /** What this server does not let us follow keeps nobody waiting for it; a connection that broke is everybody's affair. */
  async #leaveOut(kind: KubernetesKind, { code, reason = { code: 'sync-failed' } }: AppError): Promise<void> {
    if (isWayThere(code) || reason.code === 'resource-version-expired') return
    this.#unsettled.delete(kind.name)
    this.#unfollowed.add(kind.name)
    await this.#tellUnfollowed(kind, reason)
  }

  async #takeUp(kind: KubernetesKind): Promise<void> {
    if (this.#unfollowed.delete(kind.name)) await this.#tellUnfollowed(kind, null)
  }

  #tellUnfollowed(kind: KubernetesKind, reason: Reason | null): Promise<void> {
    return this.#handover.put({ type: 'unfollowed', kind: kind.name, reason })
  }

  /** Before a kind is tried again: whether the server is there at all, and then a pause that all share. */
  async #recover(failure: AppError): Promise<void> {
    const { clock, random } = this.#options
    if (isWayThere(failure.code) || (failure.code === 'engine_denied' && !isForbidden(failure)))
      await this.#look().catch((gone: unknown) => {
        this.#handover.fail(gone)
        this.#ending.abort(gone)
        throw gone
      })
    if (failure.retryAfterSeconds !== undefined) return this.#wait(failure.retryAfterSeconds * 1_000 * (1 + random() / 4))
    if (isForbidden(failure) || failure.code === 'not_found' || failure.code === 'unsupported')
      return this.#wait(refusedAgainMs * (1 + random() / 4))
    if (clock.now() - this.#failedAt > goodMs) this.#gate.reset()
    this.#failedAt = clock.now()
    return this.#gate.wait(this.#signal)
  }

  #inTurn(): Promise<() => void> {
    return new Promise((resolve) => void this.#lists.add(() => new Promise<void>((release) => resolve(release))))
  }
}

const isWayThere = (code: AppError['code']): boolean => code === 'engine_unreachable' || code === 'engine_timeout'
