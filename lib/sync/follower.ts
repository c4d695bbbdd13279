import { isAppError } from '../errors/index.ts'
import { log } from '../log.ts'
import { BackoffGate } from '../model/backoff.ts'
import type { Reason } from '../model/reason.ts'
import { Attempt, type FollowedEnvironment, type FollowerOptions } from './attempt.ts'
import type { Status } from './status.ts'
import { StatusKeeper } from './status-keeper.ts'

const lookEveryMs = 1_000
/** So long without a failure, and the next one is a first one. */
const goodMs = 120_000

/** Follows one environment for as long as its lease is held: connect, list, watch, write; on failure wait and begin again. */
export class Follower {
  /** Resolves when nothing of it runs any more. */
  readonly done: Promise<void>
  private readonly options: FollowerOptions
  private readonly stopping = new AbortController()
  private readonly gate: BackoffGate
  private readonly keeper: StatusKeeper
  private attempt: Attempt | null = null

  constructor(options: FollowerOptions) {
    this.options = options
    this.gate = new BackoffGate(options.clock, options.random)
    this.keeper = new StatusKeeper({
      initial: initialStatus(options.environment),
      clock: options.clock,
      staleAfterMs: options.staleAfterMs,
      save: options.saveStatus,
    })
    this.done = this.run()
  }

  get revision(): number {
    return this.options.environment.revision
  }

  /** When the engine was last heard, in ms since 1970. */
  get lastContactAt(): number | null {
    return this.keeper.status.lastContactAt
  }

  /** What is known of the same environment now: its secrets may be sealed under a newer key than before. */
  renew(environment: FollowedEnvironment): void {
    this.options.environment = environment
  }

  /** Goes on from what is stored, at once: what was written may be gone. */
  beginAnew(): void {
    this.attempt?.letGo()
  }

  /** Somebody wants it tried now. */
  retryNow(): void {
    this.gate.retryNow()
  }

  stop(): void {
    this.keeper.stop()
    this.stopping.abort()
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping
    const stopLooking = this.every(lookEveryMs, () => this.keeper.see({ type: 'silence' }))
    while (!signal.aborted) {
      const attempt = new Attempt(this.options, this.keeper, signal)
      this.attempt = attempt
      try {
        await attempt.run()
      } catch (error) {
        if (!signal.aborted && !attempt.isLetGo) this.failed(error, attempt)
      }
      if (!attempt.isLetGo) await this.gate.wait(signal)
    }
    stopLooking()
  }

  private failed(error: unknown, attempt: Attempt): void {
    const { environment, clock, onLeaseLost } = this.options
    if (isLeaseLost(error)) {
      this.stop()
      onLeaseLost()
      return
    }
    // That our own database is away says nothing of the engine, which was not asked and need not be spared.
    if (!attempt.begun || (attempt.followedSince !== null && clock.now() - attempt.followedSince >= goodMs)) this.gate.reset()
    if (isAppError(error))
      log().warn({ environment: environment.id, code: error.code, problem: error.message }, 'an environment is not followed')
    else log().error({ environment: environment.id, err: error }, 'following an environment failed')
    if (attempt.begun) this.keeper.see({ type: 'failed', reason: reasonOf(error), answering: attempt.answered })
  }

  private every(ms: number, run: () => void): () => void {
    let cancel = () => undefined as void
    const again = () => {
      cancel = this.options.clock.after(ms, () => {
        run()
        again()
      })
    }
    again()
    return () => cancel()
  }
}

function initialStatus({ state, error, lastContactAt, engineVersion }: FollowedEnvironment): Status {
  const resumed =
    state === 'paused' ? { state: lastContactAt ? ('behind' as const) : ('connecting' as const), error: null } : { state, error }
  return { ...resumed, unfollowed: {}, lastContactAt: lastContactAt?.getTime() ?? null, engineVersion }
}

const isLeaseLost = (error: unknown): boolean => isAppError(error) && error.code === 'conflict' && error.reason?.code === 'lease-lost'

/** Our own database being away is told by every page itself; as the reason of an environment it would only be stale. */
const reasonOf = (error: unknown): Reason => (isAppError(error) && error.reason ? error.reason : { code: 'sync-failed' })
