import pg, { type PoolClient } from 'pg'
import { log } from '../log.ts'
import type { Topic } from '../model/topic.ts'
import { once } from '../once.ts'
import { settings } from '../settings.ts'
import type { Prisma } from './generated/client.ts'
import { keptAlive, pool } from './pool.ts'

const channel = 'portolan'
const retryMs = [100, 250, 500, 1_000, 2_000, 5_000]

/** One topic of each kind without narrowing: after a gap anything may have changed. */
const anything: Topic[] = [
  { topic: 'rows' },
  { topic: 'events' },
  { topic: 'activities' },
  { topic: 'environments' },
  { topic: 'terminals' },
  { topic: 'access' },
]

/**
 * One connection that LISTENs, outside the pool, for as long as anybody is subscribed. It reconnects for ever, and
 * after each reconnection tells every subscriber that anything may have changed.
 */
export class Listener {
  readonly #connectionString: string
  readonly #subscribers = new Set<(topic: Topic) => void>()
  #client: pg.Client | undefined
  #retry: NodeJS.Timeout | undefined
  #attempt = 0
  #missedSome = false

  constructor(connectionString: string) {
    this.#connectionString = connectionString
  }

  /** Calls `onTopic` for every notification until the returned function is called. */
  subscribe(onTopic: (topic: Topic) => void): () => void {
    this.#subscribers.add(onTopic)
    if (this.#subscribers.size === 1) void this.#connect()
    return () => {
      this.#subscribers.delete(onTopic)
      if (this.#subscribers.size === 0) this.#close()
    }
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#connectionString, ...keptAlive, application_name: 'portolan listener' })
    this.#client = client
    client.on('notification', ({ payload }) => this.#receive(payload))
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, new Error('the connection was closed')))
    try {
      await client.connect()
      await client.query(`LISTEN ${channel}`)
    } catch (error) {
      this.#lost(client, error as Error)
      return
    }
    this.#attempt = 0
    if (this.#missedSome) for (const topic of anything) this.#tell(topic)
    this.#missedSome = false
  }

  #receive(payload: string | undefined): void {
    try {
      if (payload) this.#tell(JSON.parse(payload) as Topic)
    } catch (error) {
      // Whoever shares the database may use the channel too; that must not end the process.
      log().warn({ error: (error as Error).message }, 'a notification that is not ours was left out')
    }
  }

  #tell(topic: Topic): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(topic)
      } catch (error) {
        log().error({ err: error, topic: topic.topic }, 'a subscriber to notifications failed')
      }
    }
  }

  #lost(client: pg.Client, error: Error): void {
    if (this.#client !== client) return
    this.#client = undefined
    this.#missedSome = true
    const delayMs = retryMs[Math.min(this.#attempt++, retryMs.length - 1)]
    log().warn({ error: error.message, retryInMs: delayMs }, 'notifications of the database were lost')
    this.#retry = setTimeout(() => void this.#connect(), delayMs)
    client.end().catch((endError: Error) => log().debug({ error: endError.message }, 'the lost connection did not end cleanly'))
  }

  #close(): void {
    clearTimeout(this.#retry)
    const client = this.#client
    this.#client = undefined
    this.#missedSome = false
    client?.end().catch((error: Error) => log().debug({ error: error.message }, 'the listening connection did not end cleanly'))
  }
}

/**
 * Calls `onTopic` for whatever any Portolan process says through `notify`, until the returned function is called.
 * After a lost connection it gets one topic of each kind, meaning "anything".
 */
export const listen = (onTopic: (topic: Topic) => void): (() => void) =>
  once('database.listener', () => new Listener(settings().databaseUrl)).subscribe(onTopic)

/**
 * Tells every Portolan process what changed. With a client it is part of that client's transaction and is said at
 * COMMIT; with null it is said at once.
 */
export async function notify(client: PoolClient | null, topic: Topic): Promise<void> {
  await (client ?? pool()).query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(topic)])
}

/** The same as part of a transaction of Prisma's: said at COMMIT, so that it is never said in vain nor forgotten. */
export async function notifyWith(tx: Prisma.TransactionClient, topic: Topic): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify(topic)})`
}
