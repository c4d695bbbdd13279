import type { Clock } from '../model/clock.ts'

/** Beats come every 5 s: two missed and the socket is dead; one missed is enough for a tab that just woke. */
const deadAfterMs = 12_000
const doubtfulAfterMs = 6_000
const lookEveryMs = 1_000
/** A look that comes this late slept with its machine. */
const sleptAfterMs = 4_000

/** Notices a socket that nothing comes from any more, though nobody said that it was closed. */
export class BeatWatch {
  private readonly clock: Clock
  private readonly onDead: () => void
  private lastHeard = 0
  private cancel: (() => void) | null = null

  constructor(clock: Clock, onDead: () => void) {
    this.clock = clock
    this.onDead = onDead
  }

  heard(): void {
    this.lastHeard = this.clock.now()
  }

  start(): void {
    this.heard()
    this.look()
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
  }

  /** Whether a tab that was away should rather connect anew than wait for the next beat. */
  isDoubtful(): boolean {
    return this.clock.now() - this.lastHeard > doubtfulAfterMs
  }

  private look(): void {
    this.stop()
    const before = this.clock.now()
    this.cancel = this.clock.after(lookEveryMs, () => {
      const now = this.clock.now()
      const slept = now - before > sleptAfterMs
      if (slept ? this.isDoubtful() : now - this.lastHeard > deadAfterMs) this.onDead()
      else this.look()
    })
  }
}
