import type { Clock } from './clock.ts'

/** A clock for tests that stands still until it is moved. */
export class FakeClock implements Clock {
  private time: number
  private readonly timers = new Map<number, { at: number; run: () => void }>()
  private nextId = 1

  constructor(time = 0) {
    this.time = time
  }

  now(): number {
    return this.time
  }

  after(ms: number, run: () => void): () => void {
    const id = this.nextId++
    this.timers.set(id, { at: this.time + ms, run })
    return () => this.timers.delete(id)
  }

  /** Moves on by `ms`: runs what is due in its order, and lets promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    await settle()
    for (let due = this.earliest(end); due; due = this.earliest(end)) {
      this.timers.delete(due.id)
      this.time = Math.max(this.time, due.at)
      due.run()
      await settle()
    }
    this.time = end
  }

  /** How many timers are waiting. */
  get waiting(): number {
    return this.timers.size
  }

  private earliest(end: number): { id: number; at: number; run: () => void } | undefined {
    let found: { id: number; at: number; run: () => void } | undefined
    for (const [id, timer] of this.timers) if (timer.at <= end && (!found || timer.at < found.at)) found = { id, ...timer }
    return found
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
