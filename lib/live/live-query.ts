import type { Clock } from '../model/clock.ts'
import type { LiveList } from '../model/live.ts'
import { frameBetween, type Snapshot, snapshotOf } from './snapshot.ts'

/** Who looks at a live query. */
export interface Subscriber {
  /** False while it has too much that it did not take in: it then gets one frame for all that happened, later. */
  isReady(): boolean
  /** A RowsFrame as JSON. */
  send(frame: string): void
  fail(error: unknown): void
}

export interface LiveQueryOptions {
  run(signal: AbortSignal): Promise<LiveList>
  /** Runs it when it is its turn; waiting for that does not count as its duration. */
  inTurn<T>(run: () => Promise<T>): Promise<T>
  clock: Clock
  /** The least time between the starts of two runs; a slow query waits ten times as long as it took, at most 5 s. */
  minIntervalMs: number
  /** Called once when the query failed: its subscribers were told, it never runs again. */
  onFailed(): void
}

const restFactor = 10
/** But no longer than this: who hung because the database did shows what is so soon after. */
const mostRestMs = 5_000

/** One query that is run again whenever something changed, for everybody who asked the same with the same rights. */
export class LiveQuery {
  private readonly options: LiveQueryOptions
  /** What each has; null is nothing yet. */
  private readonly seen = new Map<Subscriber, Snapshot | null>()
  private readonly stopped = new AbortController()
  private snapshot: Snapshot | null = null
  private frames: { now: Snapshot; from: Map<Snapshot | null, string | null> } | null = null
  private running = false
  private woken = false
  private lastStart = -Infinity
  private lastDuration = 0
  private cancelRun: (() => void) | null = null
  private cancelAgain: (() => void) | null = null

  constructor(options: LiveQueryOptions) {
    this.options = options
  }

  get subscribers(): number {
    return this.seen.size
  }

  add(subscriber: Subscriber): void {
    this.seen.set(subscriber, null)
    if (this.snapshot) this.deliver(subscriber)
    else this.wake()
  }

  remove(subscriber: Subscriber): void {
    this.seen.delete(subscriber)
    if (this.seen.size === 0) this.stop()
  }

  /** Something that this query waits for changed: runs it as soon as its rest is over. */
  wake(): void {
    if (this.stopped.signal.aborted) return
    this.woken = true
    if (this.running || this.cancelRun) return
    const { clock, minIntervalMs } = this.options
    const rest = this.lastStart + Math.max(minIntervalMs, Math.min(restFactor * this.lastDuration, mostRestMs)) - clock.now()
    if (rest <= 0) void this.run()
    else
      this.cancelRun = clock.after(rest, () => {
        this.cancelRun = null
        void this.run()
      })
  }

  /** Brings a subscriber up to date, if it is ready and not so already. */
  deliver(subscriber: Subscriber): void {
    const before = this.seen.get(subscriber)
    if (before === undefined || !this.snapshot || before === this.snapshot || !subscriber.isReady()) return
    const frame = this.frameFrom(before, this.snapshot)
    this.seen.set(subscriber, this.snapshot)
    if (frame) subscriber.send(frame)
  }

  /** Most subscribers have the same: their frame is written once. */
  private frameFrom(before: Snapshot | null, now: Snapshot): string | null {
    if (this.frames?.now !== now) this.frames = { now, from: new Map() }
    const { from } = this.frames
    if (!from.has(before)) from.set(before, frameBetween(before, now))
    return from.get(before) ?? null
  }

  private async run(): Promise<void> {
    this.running = true
    this.cancelAgain?.()
    try {
      const list = await this.options.inTurn(() => this.measured())
      if (this.stopped.signal.aborted) return
      this.take(list)
    } catch (error) {
      if (!this.stopped.signal.aborted) this.fail(error)
      return
    } finally {
      this.running = false
    }
    if (this.woken) this.wake()
  }

  private async measured(): Promise<LiveList> {
    const { clock, run } = this.options
    this.stopped.signal.throwIfAborted()
    // What changes from here on may be missed by this run and asks for another.
    this.woken = false
    this.lastStart = clock.now()
    const list = await run(this.stopped.signal)
    this.lastDuration = clock.now() - this.lastStart
    return list
  }

  private take(list: LiveList): void {
    const { clock } = this.options
    this.snapshot = snapshotOf(list, new Date(clock.now()))
    for (const subscriber of this.seen.keys()) this.deliver(subscriber)
    if (list.againAfterMs != null) this.cancelAgain = clock.after(list.againAfterMs, () => this.wake())
  }

  private fail(error: unknown): void {
    const told = [...this.seen.keys()]
    this.seen.clear()
    this.stop()
    this.options.onFailed()
    for (const subscriber of told) subscriber.fail(error)
  }

  private stop(): void {
    this.stopped.abort()
    this.cancelRun?.()
    this.cancelAgain?.()
  }
}
