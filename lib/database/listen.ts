import pg, { type PoolClient } from 'pg'
import { log } from '../log.ts'
import type { Topic } from '../model/topic.ts'
import { once } from '../once.ts'
import { settings } from '../settings.ts'
import { boundAnswers } from './answers.ts'
import type { Prisma } from './generated/client.ts'
import { translate } from './errors.ts'
import { noteAnswer } from './outages.ts'
import { keptAlive, pool } from './pool.ts'

const channel = 'portolan'
const retryMs = [100, 250, 500, 1_000, 2_000, 5_000]

interface Subscriber {
  onTopic(topic: Topic): void
  /** The connection was lost and is back: the database may have been restarted meanwhile, or have crashed. */
  onBack?: (() => void) | undefined
}

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
 * tells every subscriber that anything may have changed when it is lost and when it is back.
 */
export class Listener {
  readonly #connectionString: string
  readonly #timeoutMs: number
  readonly #subscribers = new Set<Subscriber>()
  #client: pg.Client | undefined
  #retry: NodeJS.Timeout | undefined
  #attempt = 0
  #missedSome = false
  #beat: NodeJS.Timeout | undefined

  constructor(connectionString: string, timeoutMs: number) {
    this.#connectionString = connectionString
    this.#timeoutMs = timeoutMs
  }

  /** Tells of every notification until the returned function is called. */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    if (this.#subscribers.size === 1) void this.#connect()
    return () => {
      this.#subscribers.delete(subscriber)
      if (this.#subscribers.size === 0) this.#close()
    }
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      connectionTimeoutMillis: this.#timeoutMs,
      ...keptAlive,
      application_name: 'portolan listener',
    })
    boundAnswers(client, this.#timeoutMs)
    this.#client = client
    // One that was let go may still have something to say; its time is over.
    client.on('notification', ({ payload }) => this.#client === client && this.#receive(payload))
    client.on('error', (error) => this.#lost(client, error))
    client.on('end', () => this.#lost(client, new Error('the connection was closed')))
    try {
      await client.connect()
      await client.query(`LISTEN ${channel}`)
    } catch (error) {
      // What else asks the database may do so seldom: by this the time is known from which on it was away.
      this.#lost(client, translate(error) as Error)
      return
    }
    if (this.#client !== client) return
    noteAnswer()
    this.#attempt = 0
    if (this.#missedSome) {
      for (const { onBack } of this.#subscribers) onBack?.()
      this.#tellAnything()
    }
    this.#missedSome = false
    // Nothing is said for hours where nothing changes, and a database that hangs says as little.
    this.#beat = setInterval(() => {
      client.query('SELECT 1').catch((error: Error) => log().debug({ error: error.message }, 'the listening connection does not answer'))
    }, this.#timeoutMs)
  }

  #receive(payload: string | undefined): void {
    try {
      if (payload) this.#tell(JSON.parse(payload) as Topic)
    } catch (error) {
      // Whoever shares the database may use the channel too; that must not end the process.
      log().warn({ error: (error as Error).message }, 'a notification that is not ours was left out')
    }
  }

  #tellAnything(): void {
    for (const topic of anything) this.#tell(topic)
  }

  #tell(topic: Topic): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber.onTopic(topic)
      } catch (error) {
        log().error({ err: error, topic: topic.topic }, 'a subscriber to notifications failed')
      }
    }
  }

  #lost(client: pg.Client, error: Error): void {
    if (this.#client !== client) return
    this.#client = undefined
    clearInterval(this.#beat)
    // Whoever shows something looks again, and hears whether it is but this connection that is lost.
    if (!this.#missedSome) this.#tellAnything()
    this.#missedSome = true
    const delayMs = retryMs[Math.min(this.#attempt++, retryMs.length - 1)]
    log().warn({ error: error.message, retryInMs: delayMs }, 'notifications of the database were lost')
    this.#retry = setTimeout(() => void this.#connect(), delayMs)
    client.end().catch((endError: Error) => log().debug({ error: endError.message }, 'the lost connection did not end cleanly'))
  }

  #close(): void {
    clearTimeout(this.#retry)
    clearInterval(this.#beat)
    const client = this.#client
    this.#client = undefined
    this.#missedSome = false
    client?.end().catch((error: Error) => log().debug({ error: error.message }, 'the listening connection did not end cleanly'))
  }
}

/**
 * Calls `onTopic` for whatever any Portolan process says through `notify`, until the returned function is called.
 * When the connection is lost, and again when it is back, it gets one topic of each kind, meaning "anything".
 */
export const listen = (onTopic: Subscriber['onTopic'], onBack?: Subscriber['onBack']): (() => void) =>
  once('database.listener', () => new Listener(settings().databaseUrl, settings().databaseTimeoutMs)).subscribe({ onTopic, onBack })

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
