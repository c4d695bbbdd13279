import pg, { type PoolClient } from 'pg'
import { log } from '../log.ts'
import { once } from '../once.ts'
import { settings } from '../settings.ts'
import { translate } from './errors.ts'

type Connected = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void

/** A pool whose promises reject with `unavailable` when the database cannot be used. Calls with a callback are pg's own. */
class TranslatingPool extends pg.Pool {
  override connect(): Promise<PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<PoolClient> | void {
    if (callback) return super.connect(callback)
    return super.connect().catch((error: unknown) => {
      throw translate(error)
    })
  }
}

function translateQueries(pool: pg.Pool): pg.Pool {
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown
  const translated = (...args: unknown[]) => {
    const answer = query(...args)
    if (!(answer instanceof Promise)) return answer
    return answer.catch((error: unknown) => {
      throw translate(error)
    })
  }
  return Object.assign(pool, { query: translated as typeof pool.query })
}

/** A network that is lost without a word is noticed in minutes; by default the kernel first looks after two hours. */
export const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 }

/**
 * A process that hangs, or whose network is lost, in the middle of a transaction would keep its locks for as long as the
 * kernel keeps the connection: PostgreSQL ends it after this long without a word. As long as a lease is held.
 */
const abandonedAfterMs = 10_000

/** A pool over one database; the caller ends it. `pool()` is the one of this process. */
export function createPool(connectionString: string, options: { max: number; timeoutMs: number }): pg.Pool {
  const made = new TranslatingPool({
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
  return translateQueries(made)
}

/** The one pool of this process. */
export const pool = (): pg.Pool =>
  once('database.pool', () => {
    const { databaseUrl, databasePoolSize, databaseTimeoutMs } = settings()
    return createPool(databaseUrl, { max: databasePoolSize, timeoutMs: databaseTimeoutMs })
  })

/**
 * Runs `fn` in one transaction: COMMIT when it resolves, ROLLBACK when it rejects.
 * @throws unavailable when the database cannot be used; whatever `fn` throws
 */
export async function transaction<T>(fn: (client: PoolClient) => Promise<T>, from: pg.Pool = pool()): Promise<T> {
  const client = await from.connect()
  let broken: Error | undefined
  // A connection that dies between two queries says so here, and must not end the process.
  const onError = (error: Error) => (broken = error)
  client.on('error', onError)
  try {
    await client.query('BEGIN')
    const result = await fn(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => (broken = rollbackError))
    throw translate(error)
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}
