import pg, { type PoolClient } from 'pg'
import { log } from '../log.ts'
import { once } from '../once.ts'
import { settings } from '../settings.ts'
import { boundAnswers, patiently } from './answers.ts'
import { translate } from './errors.ts'
import { noteAnswer } from './outages.ts'

/** A network that is lost without a word is noticed in half a minute; by default the kernel first looks after two hours. */
export const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 }

/**
 * A process that hangs, or whose network is lost, in the middle of a transaction would keep its locks for as long as the
 * kernel keeps the connection: PostgreSQL ends it after this long without a word. As long as a lease is held.
 */
const abandonedAfterMs = 10_000

/** Connections to one database, with the errors of node-postgres; the caller ends it. */
export function createPool(connectionString: string, options: { max: number; timeoutMs: number }): pg.Pool {
  const made = new pg.Pool({
    connectionString,
    max: options.max,
    connectionTimeoutMillis: options.timeoutMs,
    idleTimeoutMillis: 60_000,
    idle_in_transaction_session_timeout: abandonedAfterMs,
    ...keptAlive,
    application_name: 'portolan',
  })
  // An idle connection that breaks has nobody waiting for it; without a listener it would end the process.
  made.on('error', (error) => log().warn({ error: error.message }, 'a database connection was lost'))
  made.on('connect', (client) => {
    noteAnswer()
    boundAnswers(client, options.timeoutMs)
  })
  return made
}

/** The same pool, its promises rejecting with `unavailable` when the database cannot be used. Calls with a callback are pg's own. */
function translating(pool: pg.Pool): pg.Pool {
  const translated =
    (ask: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      const answer = ask.apply(pool, args)
      if (!(answer instanceof Promise)) return answer
      return answer.then(
        (value: unknown) => {
          noteAnswer()
          return value
        },
        (error: unknown) => {
          throw translate(error)
        },
      )
    }
  const own: Record<PropertyKey, unknown> = {
    query: translated(pool.query),
    connect: translated(pool.connect),
  }
  return new Proxy(pool, { get: (target, name) => own[name] ?? Reflect.get(target, name) })
}

/** The connections of this process, for Prisma, which has errors of its own. */
export const connections = (): pg.Pool =>
  once('database.connections', () => {
    const { databaseUrl, databasePoolSize, databaseTimeoutMs } = settings()
    return createPool(databaseUrl, { max: databasePoolSize, timeoutMs: databaseTimeoutMs })
  })

/** The one pool of this process. An outage rejects with `unavailable`. */
export const pool = (): pg.Pool => once('database.pool', () => translating(connections()))

export interface ConnectionOptions {
  /** What may well take minutes, and nobody waits for. */
  patient?: boolean
}

/**
 * Runs `fn` on a connection of its own.
 * @throws unavailable when the database cannot be used; whatever `fn` throws
 */
export async function withConnection<T>(fn: (client: PoolClient) => Promise<T>, { patient = false }: ConnectionOptions = {}): Promise<T> {
  const client = await pool().connect()
  let broken: Error | undefined
  // A connection that dies between two queries says so here, and must not end the process.
  const onError = (error: Error) => (broken = error)
  client.on('error', onError)
  const impatient = patient ? patiently(client) : null
  try {
    return await fn(client)
  } catch (error) {
    throw translate(error)
  } finally {
    impatient?.()
    client.off('error', onError)
    client.release(broken)
  }
}

/**
 * Runs `fn` in one transaction: COMMIT when it resolves, ROLLBACK when it rejects.
 * @throws unavailable when the database cannot be used; whatever `fn` throws
 */
export const transaction = <T>(fn: (client: PoolClient) => Promise<T>, options: ConnectionOptions = {}): Promise<T> =>
  withConnection(async (client) => {
    try {
      await client.query('BEGIN')
      const result = await fn(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      // One that cannot be rolled back is broken, and `withConnection` hears of that by itself.
      await client
        .query('ROLLBACK')
        .catch((failure: Error) => log().debug({ error: failure.message }, 'a transaction ended with its connection'))
      throw error
    }
  }, options)
