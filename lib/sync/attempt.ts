import { AppError } from '../errors/index.ts'
import type { Connection, ConnectionSettings, Engine, Followed } from '../engines/engine.ts'
import { log } from '../log.ts'
import type { Clock } from '../model/clock.ts'
import type { EnvironmentState } from '../model/environment.ts'
import type { Reason } from '../model/reason.ts'
import { BatchWriter, type Store } from './batch-writer.ts'
import type { Status } from './status.ts'
import type { StatusKeeper } from './status-keeper.ts'

/** An environment as sync reads it. */
export interface FollowedEnvironment {
  id: number
  engine: string
  settings: ConnectionSettings
  secrets: Uint8Array | null
  revision: number
  state: EnvironmentState
  error: Reason | null
  lastContactAt: Date | null
  engineVersion: string | null
}

export interface FollowerOptions {
  environment: FollowedEnvironment
  engine: Engine
  /** Bound to the environment and the fence of the lease. */
  store: Store & { readCursors(): Promise<Record<string, string>> }
  saveStatus(status: Status): Promise<void>
  /** Somebody else follows it now. */
  onLeaseLost(): void
  clock: Clock
  random(): number
  staleAfterMs: number
}

/** What waits this long to be written is behind. */
const behindAfterMs = 5_000

/** One connection to the engine, from its first word to its failure. */
export class Attempt {
  /** Our own database let it begin. */
  begun = false
  answered = false
  isLetGo = false
  followedSince: number | null = null
  private readonly options: FollowerOptions
  private readonly keeper: StatusKeeper
  private readonly signal: AbortSignal
  private readonly ending = new AbortController()
  private readonly unlisted: Set<string>
  private readonly writer: BatchWriter
  private quietSince = 0
  /** As the engine last said it. */
  private behind = false

  constructor(options: FollowerOptions, keeper: StatusKeeper, stopping: AbortSignal) {
    const { engine, store, clock } = options
    this.options = options
    this.keeper = keeper
    this.signal = AbortSignal.any([stopping, this.ending.signal])
    // Events are no rows that could be listed: they are only ever told.
    this.unlisted = new Set(engine.kinds.filter((kind) => kind.category !== 'event').map((kind) => kind.name))
    const listed: Store = {
      writeEvents: (events) => store.writeEvents(events),
      writeBatch: async (batch) => {
        await store.writeBatch(batch)
        if (batch.complete && this.unlisted.delete(batch.kind)) this.sawFollowed()
      },
    }
    this.writer = new BatchWriter(listed, clock, () => this.ending.abort())
    stopping.addEventListener('abort', () => this.writer.stop(), { signal: this.ending.signal })
  }

  /** Ends it for another one; what is not written yet is told again to that. */
  letGo(): void {
    this.isLetGo = true
    this.writer.stop()
    this.ending.abort()
  }

  async run(): Promise<void> {
    const { engine, environment, store } = this.options
    // Our own database first: while that is away, no engine need be asked anything.
    const cursors = await store.readCursors()
    this.begun = true
    const connection = engine.connect(environment.settings, environment.secrets)
    try {
      const { version } = await connection.probe(this.signal)
      this.answered = true
      this.keeper.see({ type: 'answered', version })
      await this.follow(connection, cursors).catch(async (error: unknown) => {
        // What was said before it broke off is true; what keeps it from being written is the better explanation.
        await this.writer.drained()
        throw error
      })
      await this.writer.drained()
      throw new AppError('engine_failed', 'The engine ended the stream of its events.', { reason: { code: 'engine-silent' } })
    } finally {
      this.writer.stop()
      this.ending.abort()
      connection.close()
    }
  }

  private async follow(connection: Connection, cursors: Record<string, string>): Promise<void> {
    const { engine, clock } = this.options
    for (const kind of Object.keys(cursors)) this.unlisted.delete(kind)
    const kinds = engine.kinds.map((kind) => kind.name)
    this.quietSince = clock.now()
    const cancelWatch = this.watchSilence()
    try {
      for await (const followed of connection.follow(kinds, cursors, this.signal)) {
        this.take(followed)
        await this.writer.room()
        this.quietSince = clock.now()
      }
    } finally {
      cancelWatch()
    }
  }

  private take(followed: Followed): void {
    this.followedSince ??= this.options.clock.now()
    // While it waits for room the engine is not asked, so its silence then means nothing.
    this.quietSince = Infinity
    if (followed.type === 'alive') this.behind = followed.behind
    if (followed.type === 'batch') this.writer.takeBatch(followed.batch)
    else if (followed.type === 'events') this.writer.takeEvents(followed.events)
    else if (followed.type === 'unfollowed') this.leaveOut(followed.kind, followed.reason)
    this.sawFollowed()
  }

  /** The environment waits for no kind that cannot be followed. */
  private leaveOut(kind: string, reason: Reason | null): void {
    this.keeper.see({ type: 'unfollowed', kind, reason })
    if (!reason) return
    this.unlisted.delete(kind)
    log().warn({ environment: this.options.environment.id, kind, reason }, 'a kind is not followed')
  }

  private sawFollowed(): void {
    this.keeper.see({ type: 'followed', caughtUp: !this.behind && this.unlisted.size === 0 && this.writer.lagMs < behindAfterMs })
  }

  /** A stream that says nothing, not even that it is alive, is given up. */
  private watchSilence(): () => void {
    const { clock, staleAfterMs } = this.options
    let cancel = () => undefined as void
    const look = () => {
      const left = this.quietSince === Infinity ? staleAfterMs : this.quietSince + staleAfterMs - clock.now()
      if (left <= 0) this.ending.abort()
      else cancel = clock.after(Math.min(left, staleAfterMs), look)
    }
    look()
    return () => cancel()
  }
}
