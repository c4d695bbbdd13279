import { setTimeout as wait } from 'node:timers/promises'
import PQueue from 'p-queue'
import { z } from 'zod'
import { isAppError } from '../../errors/index.ts'
import type { Batch, EngineEvent, Followed } from '../engine.ts'
import type { DockerApi } from './api.ts'
import { openEvents, pumpEvents, touchedBy, type SaidEvent } from './events.ts'
import { notDocker } from './failures.ts'
import { DockerInventory, isOf, know, knowShared, sharedKinds, type Known, type SharedKind } from './inventory.ts'
import { toEngineEvent } from './kinds/events.ts'
import { Mailbox } from './mailbox.ts'
import { ContainerItem, ContainerReply, InfoReply } from './replies.ts'
import { inTurns } from '../common/untrusted.ts'

/** Events of one action come in handfuls; one read serves them all. */
const gatherMs = 40
const readsAtOnce = 8
/** Containers read between two signs of life. */
const containersAtATime = 200
const mostEventsHeld = 20_000
/** What happens while a list is waited for is not told: after so long that is said. */
const lateAfterMs = 3_000
/** Lists of all containers or images of a big engine take long, and 20,000 containers about 30 MB. */
const listLimits = { timeoutMs: 60_000, longest: 64 * 2 ** 20 }

export interface FollowOptions {
  kinds: readonly string[]
  cursors: Record<string, string>
  signal: AbortSignal
  aliveIntervalMs: number
  /** How often a full list looks for what the events did not say. */
  relistIntervalMs: number
  now(): number
}

const rows = z.array(z.unknown())
const lists: Record<SharedKind, { path: string; schema: z.ZodType<unknown[]> }> = {
  'docker/images': { path: '/images/json', schema: rows },
  'docker/volumes': { path: '/volumes', schema: z.object({ Volumes: rows.nullable() }).transform((answer) => answer.Volumes ?? []) },
  'docker/networks': { path: '/networks', schema: rows },
}

const readMany = <T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<T[]> =>
  new PQueue({ concurrency: readsAtOnce }).addAll(ids.map((id) => () => read(id)))

/** Reads one container, by id or name, as the engine knows it now; null when it is gone. Another thing instead of it is no answer. */
export async function readContainer(api: DockerApi, id: string, signal: AbortSignal): Promise<Known<ContainerReply> | null> {
  const raw = await api.json({ path: `/containers/${encodeURIComponent(id)}/json`, signal }).catch((failure: unknown) => {
    if (isAppError(failure) && failure.code === 'not_found') return null
    throw failure
  })
  if (raw === null) return null
  const known = know(ContainerReply, raw)
  if (known && (known.reply.Id.startsWith(id) || known.reply.Name === `/${id}`)) return known
  throw notDocker(api.http.settings, 'json')
}

/** One odd object must not cost the whole list; a list of nothing else is the answer to another question. */
export async function listShared(api: DockerApi, kind: SharedKind, signal: AbortSignal): Promise<unknown[]> {
  const listed = await api.read(lists[kind].schema, { path: lists[kind].path, signal, ...listLimits })
  if (listed.length > 0 && !listed.some((raw) => isOf(kind, raw))) throw notDocker(api.http.settings, 'json')
  return listed
}

export const listContainers = (api: DockerApi, signal: AbortSignal): Promise<ContainerItem[]> =>
  api.read(z.array(ContainerItem), { path: '/containers/json', query: { all: true }, signal, ...listLimits })

/** Follows one engine: subscribes, lists, then reads again what its events name. See `Connection.follow`. */
export async function* followDocker(api: DockerApi, options: FollowOptions): AsyncGenerator<Followed> {
  const ending = new AbortController()
  const signal = AbortSignal.any([options.signal, ending.signal])
  try {
    yield* new Follower(api, { ...options, signal }).run()
  } finally {
    ending.abort()
  }
}

class Follower {
  readonly #api: DockerApi
  readonly #options: FollowOptions
  readonly #inventory = new DockerInventory()
  readonly #mailbox = new Mailbox<SaidEvent>(mostEventsHeld)
  /** Container id → when, by the engine's clock, its health may have become another. */
  readonly #rechecks = new Map<string, number>()
  /** Engine's clock minus ours, in milliseconds. */
  #clockOffset = 0
  #cursor: string | undefined
  #relistAt = 0
  #aliveAt = 0

  constructor(api: DockerApi, options: FollowOptions) {
    this.#api = api
    this.#options = options
    // Whatever is no cursor of ours leads to what the engine still remembers.
    const cursors = Object.values(options.cursors).filter((cursor) => /^\d{10,19}$/.test(cursor))
    this.#cursor = cursors.toSorted((a, b) => Number(BigInt(b) - BigInt(a)))[0]
  }

  async *run(): AsyncGenerator<Followed> {
    const { signal } = this.#options
    this.#api.forget()
    await this.#readClock()
    const resumeFrom = this.#cursor
    // Subscribe before listing: what happens in between is then read twice rather than never.
    const stream = await openEvents(this.#api, resumeFrom, signal)
    void pumpEvents(stream, this.#api, resumeFrom, this.#mailbox, signal)
    // Nothing that happened is told before the first lists are.
    yield { type: 'alive', behind: true }
    yield* this.#listAll()
    for (;;) {
      const { items, overflowed } = await this.#mailbox.take(this.#idleMs())
      signal.throwIfAborted()
      if (items.length > 0) yield* this.#takeEvents(items)
      yield* this.#recheckDue()
      if (overflowed || this.#options.now() >= this.#relistAt) yield* this.#listAll()
      yield* this.#beAlive()
    }
  }

  #idleMs(): number {
    const due = [this.#relistAt, this.#aliveAt, ...[...this.#rechecks.values()].map((at) => at - this.#clockOffset)]
    return Math.min(...due) - this.#options.now()
  }

  #engineNow(): number {
    return this.#options.now() + this.#clockOffset
  }

  async #readClock(): Promise<void> {
    const before = this.#options.now()
    const info = await this.#api.read(InfoReply, { path: '/info', signal: this.#options.signal })
    const theirs = Date.parse(info.SystemTime)
    if (Number.isFinite(theirs)) this.#clockOffset = theirs - (before + this.#options.now()) / 2
  }

  /** A sign of life, asked of the engine itself: its event stream may hang while nothing happens. */
  async *#beAlive(waitsSince = Infinity): AsyncGenerator<Followed> {
    if (this.#options.now() < this.#aliveAt) return
    await this.#api.ping(this.#options.signal)
    this.#aliveAt = this.#options.now() + this.#options.aliveIntervalMs
    yield { type: 'alive', behind: this.#options.now() - waitsSince >= lateAfterMs }
  }

  /** Waits for an answer that may take long, and says meanwhile that the engine lives: silence is taken for its end. */
  async *#patiently<T>(asked: Promise<T>): AsyncGenerator<Followed, T> {
    // Who stops following meanwhile waits for it no longer.
    asked.catch(() => undefined)
    const since = this.#relistAt === 0 ? -Infinity : this.#options.now()
    for (;;) {
      const over = new AbortController()
      const due = wait(Math.max(0, this.#aliveAt - this.#options.now()), null, { signal: over.signal })
      const answer = await Promise.race([asked.then((value) => ({ value })), due]).finally(() => over.abort())
      if (answer) return answer.value
      yield* this.#beAlive(since)
    }
  }

  #wants(kind: string): boolean {
    return this.#options.kinds.includes(kind)
  }

  #batch(batch: Omit<Batch, 'cursor'>): Followed {
    return { type: 'batch', batch: { ...batch, cursor: this.#cursor ?? null } }
  }

  async *#listAll(): AsyncGenerator<Followed> {
    const { signal, now, relistIntervalMs } = this.#options
    const first = this.#relistAt === 0
    const ids = (yield* this.#patiently(listContainers(this.#api, signal))).map((item) => item.Id)
    const known: Known<ContainerReply>[] = []
    for (let from = 0; from < ids.length; from += containersAtATime) {
      if (from > 0) yield { type: 'alive', behind: first }
      const some = await readMany(ids.slice(from, from + containersAtATime), (id) => readContainer(this.#api, id, signal))
      known.push(...some.filter((container) => container !== null))
    }
    const { batch, rechecks } = this.#inventory.setContainers(known, this.#engineNow())
    this.#rechecks.clear()
    for (const [id, at] of rechecks) this.#rechecks.set(id, at)
    if (this.#wants(batch.kind)) yield this.#batch(batch)
    yield* this.#listShared(sharedKinds)
    this.#relistAt = now() + relistIntervalMs
    yield { type: 'alive', behind: false }
  }

  async *#listShared(kinds: Iterable<SharedKind>): AsyncGenerator<Followed> {
    for (const kind of kinds) {
      if (!this.#wants(kind)) continue
      const items = yield* this.#patiently(listShared(this.#api, kind, this.#options.signal))
      const known = await inTurns(items, (raw) => knowShared(kind, raw))
      yield this.#batch(
        this.#inventory.setShared(
          kind,
          known.filter((item) => item !== null),
        ),
      )
    }
  }

  async *#takeEvents(first: SaidEvent[]): AsyncGenerator<Followed> {
    await wait(gatherMs, undefined, { signal: this.#options.signal })
    const { items, overflowed } = await this.#mailbox.take(0)
    if (overflowed) this.#relistAt = 0
    const said = [...first, ...items]
    const history = said.flatMap(({ event }) => toEngineEvent(event, (kind, id, name) => this.#nameOf(kind, id, name)) ?? [])
    this.#cursor = said.at(-1)?.cursor ?? this.#cursor
    const touched = touchedBy(said, (id) => this.#inventory.needsWatching(id))
    // Before any batch: with its cursor, what came before counts as told.
    if (history.length > 0 && this.#wants('docker/events')) yield { type: 'events', events: history satisfies EngineEvent[] }
    yield* this.#readContainers([...touched.containers])
    yield* this.#listShared(touched.kinds)
  }

  /** Events name networks and images by id or by any of their names; rows are found by their keys. */
  #nameOf(kind: string, id: string, name: string | undefined): { key: string; name: string } {
    if (kind === 'docker/containers') {
      const key = name ?? this.#inventory.keyOfContainer(id) ?? id.slice(0, 12)
      return { key, name: key }
    }
    return { key: id, name: name ?? this.#inventory.nameOf(kind as SharedKind, id) ?? id }
  }

  async *#recheckDue(): AsyncGenerator<Followed> {
    const now = this.#engineNow()
    const due = [...this.#rechecks].filter(([, at]) => at <= now).map(([id]) => id)
    if (due.length > 0) yield* this.#readContainers(due)
  }

  async *#readContainers(ids: readonly string[]): AsyncGenerator<Followed> {
    if (ids.length === 0) return
    const replies = await readMany(ids, async (id) => [id, await readContainer(this.#api, id, this.#options.signal)] as const)
    for (const id of ids) this.#rechecks.delete(id)
    const { batch, rechecks } = this.#inventory.changeContainers(new Map(replies), this.#engineNow())
    for (const [id, at] of rechecks) this.#rechecks.set(id, at)
    if (this.#wants(batch.kind)) yield this.#batch(batch)
    for (const kind of sharedKinds) {
      const changed = this.#inventory.changeUsage(kind)
      if (changed.upserts.length > 0 && this.#wants(kind)) yield this.#batch(changed)
    }
  }
}
