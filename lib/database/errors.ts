import { AppError, isAppError } from '../errors/index.ts'
import { sentence } from '../i18n/sentence.ts'
import { noteOutage, type Outage } from './outages.ts'

// Classes 08 (connection), 53 (resources, disk full) and 57P (shut down, starting up, killed by an administrator),
// 25P03 (we were silent in a transaction for too long, and it was ended) and 25006 (nothing may be written).
// @see https://www.postgresql.org/docs/current/errcodes-appendix.html
const outage = /^(08|53|57P|25P03|25006)/
const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
// Prisma: not reachable, timed out, closed, too many connections, no free connection in time, no transaction in time.
const prismaOutages = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'])
// The same where a query was written by hand.
const prismaKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout'])
// node-postgres gives these no code.
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error)/

interface FailedQuery extends NodeJS.ErrnoException {
  /** Of Prisma's errors: what PostgreSQL said, or the kind of failure where it said nothing. */
  meta?: { driverAdapterError?: { cause?: { originalCode?: string; kind?: string } } }
}

/** What PostgreSQL called it, five characters; undefined when it did not speak. */
const sqlStateOf = ({ code, meta }: FailedQuery): string | undefined =>
  meta?.driverAdapterError?.cause?.originalCode ?? (code?.length === 5 ? code : undefined)

/** Prisma keeps the code of an error of the network, and of one without a code the message, as its last line. */
function isLostConnection(error: FailedQuery): boolean {
  const prismas = error.name.startsWith('PrismaClient')
  if (error.code !== undefined) return (prismas || error.syscall !== undefined) && socketErrors.has(error.code)
  return messages.test(prismas ? error.message.slice(error.message.lastIndexOf('\n') + 1) : error.message)
}

const bySqlState: Record<string, Outage> = { 53100: 'database-full', 53300: 'database-crowded', 25006: 'database-read-only' }

/** What keeps the database from being used now, by an error of node-postgres or Prisma; null when it is the query that is wrong. */
function outageOf(error: unknown): Outage | null {
  if (!(error instanceof Error)) return null
  const failed: FailedQuery = error
  const state = sqlStateOf(failed)
  if (state !== undefined && outage.test(state)) return bySqlState[state] ?? 'database-unavailable'
  if (failed.code === 'P2037') return 'database-crowded'
  const isPrismas = prismaOutages.has(failed.code ?? '') || prismaKinds.has(failed.meta?.driverAdapterError?.cause?.kind ?? '')
  return isPrismas || isLostConnection(failed) ? 'database-unavailable' : null
}

/**
 * An outage becomes `unavailable`, with what it is and since when, and the seconds after which to try again; anything
 * else stays what it is.
 */
export function translate(error: unknown): unknown {
  if (isAppError(error)) return error
  const found = outageOf(error)
  if (found === null) return error
  const reason = { code: found, params: { since: noteOutage(found) } }
  return new AppError('unavailable', sentence(reason, 'en'), { reason, cause: error, retryAfterSeconds: 2 })
}
