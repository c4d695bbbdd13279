import type { Batch, EngineEvent } from '../engines/engine.ts'
import { isAppError } from '../errors/index.ts'
import type { Clock } from '../model/clock.ts'
import { mergeBatches } from './merge.ts'

/** Where what an engine said is written to: lib/inventory, bound to one environment and one fence. */
export interface Store {
  writeBatch(batch: Batch): Promise<void>
  writeEvents(events: EngineEvent[]): Promise<void>
}

/** Rapid changes are gathered this long; a first one after a pause is written at once. */
const gatherMs = 50
/** Our own database is away: what was gathered is kept and tried again. */
const retryMs = 500
/** More than this waiting, and the engine's stream is not read on. */
const maxWaiting = 5_000

/** Gathers what an engine says and writes it, one kind after the other. */
export class BatchWriter {
  private readonly store: Store
  private readonly clock: Clock
  private readonly onFailed: (error: unknown) => void
  private pending: Gathered = nothing()
  private inFlight: Gathered | null = null
  private lastStart = -Infinity
  private scheduled: (() => void) | null = null
  private stopped = false
  private failure: { error: unknown } | null = null
  private waiters: (() => void)[] = []

  /** `onFailed` hears of the one error that ends the writing; our own database being away is none. */
  constructor(store: Store, clock: Clock, onFailed: (error: unknown) => void) {
    this.store = store
    this.clock = clock
    this.onFailed = onFailed
  }

  takeBatch(batch: Batch): void {
    const known = this.pending.batches.get(batch.kind)
    this.pending.batches.set(batch.kind, known ? mergeBatches(known, batch) : batch)
    this.taken()
  }

  takeEvents(events: EngineEvent[]): void {
    this.pending.events.push(...events)
    this.taken()
  }

  /** For how many ms the oldest of what is not written has been waiting; 0 when nothing is. */
  get lagMs(): number {
    const since = this.inFlight?.since ?? this.pending.since
    return since === null ? 0 : this.clock.now() - since
  }

  /** Resolves when more may be taken. Rejects with what ended the writing. */
  room(): Promise<void> {
    return this.until(() => sizeOf(this.pending) <= maxWaiting)
  }

  /** Resolves when everything taken is written, or dropped by `stop`. Rejects with what ended the writing. */
  drained(): Promise<void> {
    return this.until(() => this.pending.since === null && this.inFlight === null)
  }

  /** Lets go of what is not written yet: whoever follows next begins at the stored cursors. */
  stop(): void {
    this.stopped = true
    this.scheduled?.()
    this.wake()
  }

  private taken(): void {
    this.pending.since ??= this.clock.now()
    this.schedule(this.lastStart + gatherMs - this.clock.now())
  }

  private schedule(delayMs: number): void {
    if (this.stopped || this.inFlight || this.scheduled) return
    this.scheduled = this.clock.after(Math.max(0, delayMs), () => {
      this.scheduled = null
      void this.write()
    })
  }

  private async write(): Promise<void> {
    const gathered = this.pending
    this.inFlight = gathered
    this.pending = nothing()
    this.lastStart = this.clock.now()
    let delayMs = gatherMs
    try {
      await this.writeAll(gathered)
    } catch (error) {
      this.pending = joined(gathered, this.pending)
      if (isAppError(error) && error.code === 'unavailable') delayMs = retryMs
      else this.fail(error)
    }
    this.inFlight = null
    if (this.pending.since !== null) this.schedule(this.lastStart + delayMs - this.clock.now())
    this.wake()
  }

  /** Takes out of `gathered` whatever is written, so that a failure leaves what is not. */
  private async writeAll(gathered: Gathered): Promise<void> {
    // Events first: a batch stores the cursor behind them, and what is told twice is kept once.
    if (gathered.events.length > 0) await this.store.writeEvents(gathered.events)
    gathered.events = []
    for (const [kind, batch] of gathered.batches) {
      await this.store.writeBatch(batch)
      gathered.batches.delete(kind)
    }
  }

  private fail(error: unknown): void {
    this.failure = { error }
    this.stop()
    this.onFailed(error)
  }

  private async until(isMet: () => boolean): Promise<void> {
    while (!isMet() && !this.stopped) await new Promise<void>((resolve) => this.waiters.push(resolve))
    if (this.failure) throw this.failure.error
  }

  private wake(): void {
    for (const resolve of this.waiters.splice(0)) resolve()
  }
}

/** What waits to be written, and since when. */
interface Gathered {
  batches: Map<string, Batch>
  events: EngineEvent[]
  since: number | null
}

const nothing = (): Gathered => ({ batches: new Map(), events: [], since: null })

function sizeOf({ batches, events }: Gathered): number {
  let size = events.length
  for (const batch of batches.values()) size += batch.upserts.length + batch.deletes.length
  return size
}

function joined(earlier: Gathered, later: Gathered): Gathered {
  const batches = new Map(earlier.batches)
  for (const [kind, batch] of later.batches) {
    const known = batches.get(kind)
    batches.set(kind, known ? mergeBatches(known, batch) : batch)
  }
  return { batches, events: [...earlier.events, ...later.events], since: earlier.since }
}
