import { AppError, isAppError } from '../errors/index.ts'

// Classes 08 (connection), 53 (resources, disk full) and 57P (shut down, starting up, killed by an administrator), and
// 25P03 (we were silent in a transaction for too long, and it was ended).
// @see https://www.postgresql.org/docs/current/errcodes-appendix.html
const outage = /^(08|53|57P|25P03)/
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
// Prisma: not reachable, timed out, closed, too many connections, no free connection in time; and what our pool already
// translated, which Prisma wraps under the same code.
const prismaOutages = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037', 'unavailable'])
// node-postgres gives these no code.
const messages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/

/** Whether an error of node-postgres or Prisma means that the database cannot be used now, rather than that a query is wrong. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as NodeJS.ErrnoException
  if (typeof code === 'string' && (outage.test(code) || prismaOutages.has(code))) return true
  return (syscall !== undefined && socketErrors.has(code ?? '')) || messages.test(error.message)
}

/** An outage becomes `unavailable`, with the seconds after which to try again; anything else stays what it is. */
export function translate(error: unknown): unknown {
  if (isAppError(error) || !isOutage(error)) return error
  const full = (error as NodeJS.ErrnoException).code === '53100'
  const message = full ? "Portolan's own database has no room left on its disk." : "Portolan's own database does not answer."
  return new AppError('unavailable', message, {
    reason: { code: full ? 'database-full' : 'database-unavailable' },
    cause: error,
    retryAfterSeconds: 2,
  })
}
