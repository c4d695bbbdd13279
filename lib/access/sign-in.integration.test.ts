import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { encode } from 'next-auth/jwt'
import { pool, prisma } from '../database/index.ts'
import { sessionOf } from './actor.ts'
import { authenticate } from './authenticate.ts'
import { cookieName, cookieSecret } from './cookie.ts'
import { attempts } from './limits.ts'
import { hashPassword } from './passwords.ts'
import { closeSession, endOtherSessions, endSession, listSessions } from './sessions.ts'
import { signIn } from './sign-in.ts'

useDatabase()

const password = 'correct horse battery'
const from = { address: '10.0.0.1', userAgent: 'test' }
const attempt = (login: string, tried: string, address = from.address) => signIn({ login, password: tried, address, userAgent: 'test' })
const headersFor = async (sid: string, secret = cookieSecret()) =>
  new Headers({ cookie: `other=1; ${cookieName('session')}=${await encode({ token: { sid }, secret })}` })

async function actorOfNew() {
  const actor = await authenticate(await headersFor(await attempt('ada', password)))
  if (!actor) throw new Error('Nobody is signed in.')
  return actor
}

beforeEach(async () => {
  await prisma().user.deleteMany()
  await pool().query('TRUNCATE login_limits')
  await prisma().user.create({ data: { login: 'ada', name: 'Ada', passwordHash: await hashPassword(password) } })
})

describe('signing in', () => {
  it.each(['ada\0', '\ud800', 'Ada Lovelace'])('says of the login %j, which can be nobody’s, what it says of all others', async (login) => {
    await expect(attempt(login, password)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('counts the addresses of one IPv6 network as one', async () => {
    await attempt('ada', password, '2001:db8::1')
    await attempt('ada', password, '2001:db8::2').catch((error: unknown) => error)
    const { rows } = await pool().query<{ keys: number }>(
      `SELECT count(DISTINCT key)::int AS keys FROM login_limits WHERE key LIKE 'address:%'`,
    )
    expect(rows[0]?.keys).toBe(1)
  })

  it('takes login and password, whatever the case of the login', async () => {
    expect(await authenticate(await headersFor(await attempt(' ADA ', password)))).toMatchObject({
      login: 'ada',
      name: 'Ada',
      bindings: [],
    })
  })

  it('refuses in the same words whether the login exists or not', async () => {
    const refusals = await Promise.allSettled([attempt('ada', 'wrong'), attempt('nobody', 'wrong')])
    const [one, other] = refusals.map((refusal) =>
      refusal.status === 'rejected' ? { ...refusal.reason, message: refusal.reason.message } : null,
    )
    expect(one).toMatchObject({ code: 'unauthenticated' })
    expect(one).toEqual(other)
  })

  it('refuses a disabled person in the same words', async () => {
    await prisma().user.update({ where: { login: 'ada' }, data: { disabledAt: new Date() } })
    await expect(attempt('ada', password)).rejects.toMatchObject({ code: 'unauthenticated', reason: { code: 'credentials_not_right' } })
  })
})

describe('attempts', () => {
  const exhaust = (login: string) => Promise.allSettled(Array.from({ length: attempts.perLogin }, () => attempt(login, 'wrong')))

  it.each(['ada', 'nobody'])('of %s are limited, racing ones too, and the answer says how long to wait', async (login) => {
    await exhaust(login)
    await expect(attempt(login, password)).rejects.toMatchObject({ code: 'rate_limited', reason: { code: 'too_many_attempts' } })
    const refused = await attempt(login, password).catch((error: { retryAfterSeconds: number }) => error)
    expect(refused).toMatchObject({ retryAfterSeconds: expect.any(Number) })
    expect((refused as { retryAfterSeconds: number }).retryAfterSeconds).toBeLessThanOrEqual(attempts.seconds)
  })

  it('of one login leave others alone', async () => {
    await exhaust('nobody')
    expect(await attempt('ada', password)).toBeTruthy()
  })

  it('that succeed do not count', async () => {
    for (let index = 0; index < attempts.perLogin + 2; index++) expect(await attempt('ada', password)).toBeTruthy()
  })

  it('of one address are limited over all logins', async () => {
    await Promise.allSettled(Array.from({ length: attempts.perAddress }, (_, index) => attempt(`nobody${index}`, 'x')))
    await expect(attempt('ada', password)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await attempt('ada', password, '10.0.0.2')).toBeTruthy()
  })

  it('leave neither login nor address in the table', async () => {
    await Promise.allSettled([attempt('secret-typed-as-login', 'x')])
    const { rows } = await pool().query('SELECT key FROM login_limits')
    expect(JSON.stringify(rows)).not.toMatch(/secret-typed|10\.0\.0/)
  })
})

describe('a session', () => {
  it('is nobody without a cookie, with a broken one, or one sealed by another key', async () => {
    const sid = await attempt('ada', password)
    expect(await authenticate(new Headers())).toBeNull()
    expect(await authenticate(new Headers({ cookie: `${cookieName('session')}=nonsense` }))).toBeNull()
    expect(await authenticate(await headersFor(sid, 'another secret'))).toBeNull()
  })

  it('ends at once: by hand, by time, and with its person', async () => {
    const headers = await headersFor(await attempt('ada', password))
    const actor = await authenticate(headers)
    expect(actor).not.toBeNull()
    expect(await authenticate(headers, new Date(Date.now() + 13 * 3_600_000))).toBeNull()
    await prisma().user.update({ where: { login: 'ada' }, data: { disabledAt: new Date() } })
    expect(await authenticate(headers)).toBeNull()
    await prisma().user.update({ where: { login: 'ada' }, data: { disabledAt: null } })
    await closeSession(sessionOf(actor!.via)!)
    expect(await authenticate(headers)).toBeNull()
  })

  it('says when it was last seen, at most once a minute', async () => {
    const headers = await headersFor(await attempt('ada', password))
    const seen = async () => (await prisma().session.findFirstOrThrow()).lastSeenAt.getTime()
    const began = await seen()
    await authenticate(headers, new Date(began + 59_000))
    expect(await seen()).toBe(began)
    await authenticate(headers, new Date(began + 61_000))
    expect(await seen()).toBe(began + 61_000)
  })

  it('of another is not there to end, except for an administrator', async () => {
    const ada = await actorOfNew()
    await prisma().user.create({ data: { login: 'eve', name: 'Eve', passwordHash: await hashPassword(password) } })
    const eve = {
      ...ada,
      userId: (await prisma().user.findUniqueOrThrow({ where: { login: 'eve' } })).id,
      sessionId: await attempt('eve', password),
    }
    await expect(endSession(eve, sessionOf(ada.via)!)).rejects.toMatchObject({ code: 'not_found' })
    expect(await listSessions(eve, true)).toHaveLength(1)
    const administrator = { ...eve, bindings: [{ role: 'administrator' as const, environment: null, namespaces: null }] }
    expect(await listSessions(administrator, true)).toHaveLength(2)
    await endSession(administrator, sessionOf(ada.via)!)
    await expect(endSession(administrator, sessionOf(ada.via)!)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('can end all the others', async () => {
    const ada = await actorOfNew()
    await actorOfNew()
    await actorOfNew()
    expect(await endOtherSessions(ada)).toBe(2)
    expect(await listSessions(ada, false)).toMatchObject([{ id: sessionOf(ada.via)!, current: true }])
  })
})

it('carries nothing but its id in the token', async () => {
  const { authOptions } = await import('./next-auth.ts')
  vi.stubEnv('NEXTAUTH_URL', '')
  const { jwt, session } = authOptions(() => undefined).callbacks!
  const asked = { token: { name: 'Ada', sub: '1' }, user: { id: 'sid' }, account: null }
  expect(await jwt!(asked as never)).toEqual({ sid: 'sid' })
  expect(await session!({ session: { user: { name: 'Ada' }, expires: 'then' } } as never)).toEqual({ expires: 'then' })
  vi.unstubAllEnvs()
})
