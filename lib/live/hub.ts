import { createHash, randomUUID } from 'node:crypto'
import PQueue from 'p-queue'
import type { Actor } from '../access/index.ts'
import { AppError } from '../errors/index.ts'
import { log } from '../log.ts'
import type { Clock } from '../model/clock.ts'
import type { LiveList } from '../model/live.ts'
import { concerns, type Topic } from '../model/topic.ts'
import type { Operation } from '../operations/operation.ts'
import { admit, parseInput } from '../operations/perform.ts'
import { LiveQuery, type Subscriber } from './live-query.ts'

export interface HubOptions {
  clock: Clock
  minIntervalMs: number
  /** How many live queries run at once, so that they leave connections of the pool to requests. */
  concurrency: number
}

interface Entry {
  query: LiveQuery
  topics: Topic[]
}

/** Follows a live query; what it answers. */
export interface Following {
  /** The subscriber is ready again. */
  poke(): void
  close(): void
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** People with equal rights share a run, so it must not see more of them than these rights. */
const withRightsOnly = (actor: Actor): Actor => ({
  userId: nobody,
  via: { session: nobody },
  login: '',
  name: '',
  provider: null,
  language: null,
  theme: null,
  bindings: actor.bindings,
})

/** All live queries of this process: equal operation, input and rights are one. */
export class Hub {
  private readonly options: HubOptions
  private readonly entries = new Map<string, Entry>()
  private readonly queue: PQueue

  constructor(options: HubOptions) {
    this.options = options
    this.queue = new PQueue({ concurrency: options.concurrency })
  }

  /** How many different queries are followed. */
  get size(): number {
    return this.entries.size
  }

  /** Wakes every query that waits for what changed. */
  tell(topic: Topic): void {
    for (const { query, topics } of this.entries.values()) if (topics.some((wanted) => concerns(topic, wanted))) query.wake()
  }

  /**
   * Follows an operation for somebody. The first frame comes when it ran, the others when its answer differs.
   * Throws `forbidden`, `not_found`, `invalid_input`, or `unsupported` when the operation cannot be followed.
   */
  follow(operation: Operation, rawInput: unknown, actor: Actor, subscriber: Subscriber): Following {
    admit(operation, actor, rawInput)
    const input = parseInput(operation.input, rawInput)
    const topics = operation.wakes?.(input)
    if (!topics) throw new AppError('unsupported', `${operation.name} cannot be followed.`)
    const runner = operation.personal ? actor : withRightsOnly(actor)
    const key = keyOf(operation.name, input, runner)
    const entry = this.entries.get(key) ?? { query: this.make(key, operation, input, runner), topics }
    this.entries.set(key, entry)
    entry.query.add(subscriber)
    return {
      poke: () => entry.query.deliver(subscriber),
      close: () => {
        entry.query.remove(subscriber)
        if (entry.query.subscribers === 0 && this.entries.get(key) === entry) this.entries.delete(key)
      },
    }
  }

  private make(key: string, operation: Operation, input: unknown, actor: Actor): LiveQuery {
    const { clock, minIntervalMs } = this.options
    const run = (signal: AbortSignal) => {
      const requestId = randomUUID()
      const logger = log().child({ requestId, operation: operation.name })
      return operation.run({ actor, requestId, signal, log: logger, now: () => new Date(clock.now()) }, input) as Promise<LiveList>
    }
    return new LiveQuery({ run, inTurn: (run) => this.queue.add(run), clock, minIntervalMs, onFailed: () => this.entries.delete(key) })
  }
}

function keyOf(operation: string, input: unknown, actor: Actor): string {
  const rights = actor.bindings.map((binding) => JSON.stringify(binding)).sort()
  return createHash('sha256')
    .update(JSON.stringify([operation, input, actor.userId, actor.via, rights]))
    .digest('base64')
}
