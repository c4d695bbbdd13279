import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { pool } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { once } from '../once.ts'

/** Attempts within `seconds`. An address may stand for a whole office, so it has more of them. */
export const attempts = { seconds: 300, perLogin: 10, perAddress: 60 }

const limiter = (keyPrefix: string, points: number) =>
  once(`access.limiter.${keyPrefix}`, () => {
    const options = { storeClient: pool(), storeType: 'pool', tableName: 'login_limits', tableCreated: true }
    return new RateLimiterPostgres({ ...options, keyPrefix, points, duration: attempts.seconds })
  })

// Hashed: people type their password into the wrong field.
const keyOf = (value: string): string => createHash('sha256').update(value).digest('hex')

/** Whoever has one address of IPv6 has the 2^64 of its network, so these count as one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

function refusal(cause: unknown): unknown {
  if (!(cause instanceof RateLimiterRes)) return cause
  const seconds = Math.max(1, Math.ceil(cause.msBeforeNext / 1000))
  return new AppError('rate_limited', `Too many attempts to sign in. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
    reason: { code: 'too_many_attempts', params: { seconds } },
  })
}

/**
 * Counts a token that was not valid; throws `rate_limited` when an address sent too many of them. What is right is
 * never counted and goes on: nobody guesses 32 bytes, and a program with an old token must not lock its neighbours out.
 */
export async function countWrongToken(address: string): Promise<void> {
  try {
    await limiter('token', attempts.perAddress).consume(keyOf(networkOf(address)))
  } catch (cause) {
    throw refusal(cause)
  }
}

/**
 * Counts one attempt to sign in before it is tried, so that racing ones are counted too; whether the login exists
 * plays no part, and null is for who types none. Answers what takes it back when it succeeds. Throws `rate_limited` with the seconds to wait.
 */
export async function countAttempt(login: string | null, address: string): Promise<() => Promise<void>> {
  const counted = [
    { limiter: limiter('address', attempts.perAddress), key: keyOf(networkOf(address)) },
    ...(login === null ? [] : [{ limiter: limiter('login', attempts.perLogin), key: keyOf(login) }]),
  ]
  try {
    for (const { limiter: one, key } of counted) await one.consume(key)
  } catch (cause) {
    throw refusal(cause)
  }
  return async () => {
    await Promise.all(counted.map(({ limiter: one, key }) => one.reward(key)))
  }
}
