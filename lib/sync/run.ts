import { randomUUID } from 'node:crypto'
import { listen, notify } from '../database/index.ts'
import { engineOf, engines } from '../engines/index.ts'
import { isAppError } from '../errors/index.ts'
import { pruneHistory, readCursors, writeBatch, writeEvents } from '../inventory/index.ts'
import { log } from '../log.ts'
import { systemClock } from '../model/clock.ts'
import type { Topic } from '../model/topic.ts'
import { settings } from '../settings.ts'
import { markPaused, readEnvironments, saveContacts, saveStatus } from './environments.ts'
import type { FollowedEnvironment } from './attempt.ts'
import { Follower } from './follower.ts'
import type { Status } from './status.ts'
import { announceSync, type Held, nextVoidMs, releaseLeases, renewLeases, retireSync, takeLeases } from './lease.ts'

interface Following extends Held {
  follower: Follower
}

const dayMs = 86_400_000
/** A lease that is void and cannot be taken yet is looked at so often. */
const leastWaitMs = 250

/** An engine that only a newer Portolan knows must not keep the others from being followed. */
const isServed = ({ engine }: FollowedEnvironment): boolean => engines.some(({ name }) => name === engine)

/** Holds this sync's share of the leases and follows what they stand for. */
class Sync {
  private readonly holder = randomUUID()
  private readonly followings = new Map<number, Following>()
  /** Notifications of our own that are still to come back: they ask for nothing. */
  private readonly echoes = new Map<number, number>()
  private running: Promise<void> | null = null
  private again = false
  private stopped = false
  private prunedAt = 0

  /** Every few seconds: leases, contacts, and what became of the environments. */
  async tick(): Promise<void> {
    await this.reconcile()
    const contacts = [...this.followings.values()].flatMap(({ environmentId, fence, follower }) =>
      follower.lastContactAt === null ? [] : [{ environmentId, fence, at: follower.lastContactAt }],
    )
    await this.attempt('the last contacts could not be saved', () => saveContacts(contacts))
    if (Date.now() - this.prunedAt > dayMs) await this.attempt('old history could not be removed', () => this.prune())
  }

  /** How long until the next tick, in ms: a lease that nobody renews any more is taken as soon as it is void. */
  async restMs(): Promise<number> {
    const { leaseRenewMs, leaseVoidMs } = settings()
    let rest = leaseRenewMs
    await this.attempt('the leases of others could not be looked at', async () => {
      const next = await nextVoidMs(this.holder, leaseVoidMs)
      if (next !== null) rest = Math.min(rest, Math.max(next + 1, leastWaitMs))
    })
    return rest
  }

  tell(topic: Topic): void {
    if (topic.topic !== 'environments') return
    if (topic.environment === undefined) this.echoes.clear()
    else if (this.isEcho(Number(topic.environment))) return
    else this.followings.get(Number(topic.environment))?.follower.retryNow()
    void this.reconcile()
  }

  /**
   * The database may have crashed. The inventory does not wait for the disk, so the last that was written may be gone
   * with its cursors: what is stored now says where each following goes on.
   */
  beginAnew(): void {
    for (const { follower } of this.followings.values()) follower.beginAnew()
  }

  /** Looks again at who is to be followed by whom. Calls that come while it looks lead to one more look. */
  reconcile(): Promise<void> {
    this.again = true
    this.running ??= this.reconcileWhileAsked().finally(() => (this.running = null))
    return this.running
  }

  /** Gives everything back at once, so that others need not wait for the leases to become void. */
  async stop(): Promise<void> {
    this.stopped = true
    await this.running
    const followings = [...this.followings.values()]
    for (const { follower } of followings) follower.stop()
    await Promise.all(followings.map(({ follower }) => follower.done))
    await this.attempt('the leases could not be given back', async () => {
      await releaseLeases(this.holder, [...this.followings.keys()])
      await retireSync(this.holder)
      await notify(null, { topic: 'environments' })
    })
  }

  private async reconcileWhileAsked(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false
      await this.attempt('the environments could not be looked at', () => this.reconcileOnce())
    }
  }

  private async reconcileOnce(): Promise<void> {
    const { leaseVoidMs } = settings()
    const live = await announceSync(this.holder, leaseVoidMs)
    await this.dropLost(await renewLeases(this.holder))
    await markPaused()
    const wanted = new Map((await readEnvironments()).filter(isServed).map((environment) => [environment.id, environment]))
    const share = Math.ceil(wanted.size / live)
    await this.letGo(wanted, share)
    const free = [...wanted.keys()].filter((id) => !this.followings.has(id))
    for (const held of await takeLeases(this.holder, free, share - this.followings.size, leaseVoidMs))
      this.follow(held, wanted.get(held.environmentId)!)
  }

  private async dropLost(held: Held[]): Promise<void> {
    const fences = new Map(held.map(({ environmentId, fence }) => [environmentId, fence]))
    for (const { environmentId, fence } of this.followings.values()) if (fences.get(environmentId) !== fence) this.end(environmentId)
    // Held by this sync and followed by nobody here: a follower that ended.
    await releaseLeases(
      this.holder,
      [...fences.keys()].filter((id) => !this.followings.has(id)),
    )
  }

  /** What is not to be followed any more, changed, or is more than this sync's share while others have room. */
  private async letGo(wanted: ReadonlyMap<number, FollowedEnvironment>, share: number): Promise<void> {
    const gone: number[] = []
    for (const [id, { follower }] of this.followings) if (wanted.get(id)?.revision !== follower.revision) gone.push(id)
    const kept = [...this.followings.keys()].filter((id) => !gone.includes(id))
    for (const id of kept) this.followings.get(id)!.follower.renew(wanted.get(id)!)
    gone.push(...kept.slice(share))
    for (const id of gone) this.end(id)
    if (gone.length > 0) await releaseLeases(this.holder, gone)
  }

  private follow(held: Held, environment: FollowedEnvironment): void {
    const { environmentId, fence } = held
    const follower = new Follower({
      environment,
      engine: engineOf(environment.engine),
      store: {
        readCursors: () => readCursors(environmentId),
        writeBatch: (batch) => writeBatch(environmentId, fence, batch, new Date()),
        writeEvents: (events) => writeEvents(environmentId, fence, events),
      },
      saveStatus: (status) => this.saveStatus(held, status),
      onLeaseLost: () => this.followings.get(environmentId)?.fence === fence && this.followings.delete(environmentId),
      clock: systemClock,
      random: Math.random,
      staleAfterMs: settings().staleAfterMs,
    })
    this.followings.set(environmentId, { ...held, follower })
    log().info({ environment: environmentId, fence: String(fence) }, 'an environment is followed')
  }

  private async saveStatus(held: Held, status: Status): Promise<void> {
    const { environmentId: id } = held
    // The notification may be back before the answer to COMMIT is.
    this.echoes.set(id, (this.echoes.get(id) ?? 0) + 1)
    const said = await saveStatus(held, status).catch((error: unknown) => {
      this.isEcho(id)
      throw error
    })
    if (!said) this.isEcho(id)
  }

  /** Whether one more of our own notifications was expected; it is not from here on. */
  private isEcho(id: number): boolean {
    const expected = this.echoes.get(id) ?? 0
    if (expected > 1) this.echoes.set(id, expected - 1)
    else this.echoes.delete(id)
    return expected > 0
  }

  private end(id: number): void {
    this.followings.get(id)?.follower.stop()
    this.followings.delete(id)
  }

  private async prune(): Promise<void> {
    const gone = await pruneHistory(settings().historyDays, new Date())
    this.prunedAt = Date.now()
    if (gone.length > 0) log().info({ partitions: gone }, 'old history was removed')
  }

  /** Our own database being away ends nothing: the next tick tries again. */
  private async attempt(problem: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      if (isAppError(error)) log().warn({ code: error.code, problem: error.message }, problem)
      else log().error({ err: error }, problem)
    }
  }
}

/**
 * Follows every environment, shared with the other syncs that run, until the signal ends; then gives the leases back.
 * Never throws: what fails is logged, shown as the state of its environment, and tried again.
 */
export async function runSync(signal: AbortSignal): Promise<void> {
  const sync = new Sync()
  const stopListening = listen(
    (topic) => sync.tell(topic),
    () => sync.beginAnew(),
  )
  let timer: NodeJS.Timeout | undefined
  while (!signal.aborted) {
    await sync.tick()
    const restMs = await sync.restMs()
    await new Promise<void>((resolve) => {
      if (signal.aborted) return resolve()
      signal.addEventListener('abort', () => resolve(), { once: true })
      timer = setTimeout(resolve, restMs)
    })
    clearTimeout(timer)
  }
  stopListening()
  await sync.stop()
}
