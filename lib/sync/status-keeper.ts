import { isAppError } from '../errors/index.ts'
import { log } from '../log.ts'
import type { Clock } from '../model/clock.ts'
import { type Observation, type Status, statusAfter } from './status.ts'

const retryMs = 1_000

const isSameToPeople = (a: Status, b: Status) =>
  a.state === b.state &&
  a.engineVersion === b.engineVersion &&
  JSON.stringify([a.error, a.unfollowed]) === JSON.stringify([b.error, b.unfollowed])

/** Keeps one environment's status and saves it when people would see a difference; the newest one wins. */
export class StatusKeeper {
  private readonly clock: Clock
  private readonly staleAfterMs: number
  private readonly save: (status: Status) => Promise<void>
  private current: Status
  private saved: Status
  private saving = false
  private stopped = false

  constructor(options: { initial: Status; clock: Clock; staleAfterMs: number; save(status: Status): Promise<void> }) {
    this.clock = options.clock
    this.staleAfterMs = options.staleAfterMs
    this.save = options.save
    this.current = this.saved = options.initial
  }

  get status(): Status {
    return this.current
  }

  see(observation: Observation): void {
    this.current = statusAfter(this.current, observation, this.clock.now(), this.staleAfterMs)
    if (!this.saving && !this.stopped && !isSameToPeople(this.current, this.saved)) void this.write()
  }

  /** Saves nothing more: somebody else knows better from now on. */
  stop(): void {
    this.stopped = true
  }

  private async write(): Promise<void> {
    this.saving = true
    while (!this.stopped && !isSameToPeople(this.current, this.saved)) {
      const next = this.current
      try {
        await this.save(next)
        this.saved = next
      } catch (error) {
        if (!isAppError(error)) log().error({ err: error }, 'the state of an environment could not be saved')
        await new Promise<void>((resolve) => this.clock.after(retryMs, resolve))
      }
    }
    this.saving = false
  }
}
