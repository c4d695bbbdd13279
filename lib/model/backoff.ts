import type { Clock } from './clock.ts'

const firstMs = 800
const longestMs = 30_000
/** Spread, so that a hundred environments behind one lost network do not come back in step. */
const spread = 0.25

/** Of one environment: how long to wait before the engine is asked again. */
export class BackoffGate {
  private readonly clock: Clock
  private readonly random: () => number
  private failures = 0
  private shared: Promise<void> | null = null
  private waiting: { since: number; cancel(): void; resolve(): void } | null = null

  constructor(clock: Clock, random: () => number) {
    this.clock = clock
    this.random = random
  }

  /**
   * Waits 0.8 s the first time, then twice as long each time up to 30 s. Resolves at once when the signal ends. Who comes
   * while another waits waits with them: what fails together is one failure.
   */
  wait(signal: AbortSignal): Promise<void> {
    return (this.shared ??= this.begin(signal).finally(() => (this.shared = null)))
  }

  private begin(signal: AbortSignal): Promise<void> {
    const full = Math.min(longestMs, firstMs * 2 ** this.failures++)
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const finish = () => {
        this.waiting?.cancel()
        this.waiting = null
        signal.removeEventListener('abort', finish)
        resolve()
      }
      signal.addEventListener('abort', finish)
      this.waiting = { since: this.clock.now(), cancel: this.clock.after(full * (1 - spread * this.random()), finish), resolve: finish }
    })
  }

  /** It went well for a while: the next failure is a first one. */
  reset(): void {
    this.failures = 0
  }

  /** Somebody asked for it now. It still leaves the engine the first pause, for the asking may be an echo of the failure. */
  retryNow(): void {
    this.failures = 0
    const { waiting } = this
    if (!waiting) return
    waiting.cancel()
    waiting.cancel = this.clock.after(Math.max(0, waiting.since + firstMs - this.clock.now()), waiting.resolve)
  }
}
