import { describe, expect, it, vi } from 'vitest'
import { authenticate } from '../access/authenticate.ts'
import { cookieName } from '../access/cookie.ts'
import { attempts } from '../access/limits.ts'
import { hashPassword } from '../access/passwords.ts'
import { changePerson, resetPerson } from '../access/people.ts'
import { changePassword } from '../access/profile.ts'
import { readPerson } from '../access/read-people.ts'
import { signIn } from '../access/sign-in.ts'
import { pool, prisma } from '../database/index.ts'
import { errorIn, forgetProvider, SignsIn, url, useProvider } from './fixtures/signs-in.ts'

const { provider, harbour } = useProvider()

const rolesOf = async (browser: SignsIn) => (await authenticate(browser.sent))?.bindings.map(({ role, environment: at }) => [role, at])

describe('signing in', () => {
  it('makes a person of whom the provider vouches for, with what their groups give, and goes on where they were', async () => {
    const browser = new SignsIn()
    expect(await browser.signIn('s-1', '/environments?q=web')).toBe('/environments?q=web')
    expect(await authenticate(browser.sent)).toMatchObject({ login: 'grace', name: 'Grace Hopper' })
    expect(await rolesOf(browser)).toEqual([
      ['operator', harbour()],
      ['viewer', null],
    ])
    const verbs = (await prisma().activity.findMany()).map(({ verb, userName, outcome, why }) => [verb, userName, outcome, why])
    expect(verbs.toSorted(([one = ''], [other = '']) => String(one).localeCompare(String(other)))).toEqual([
      ['person.grant', 'Grace Hopper', 'succeeded', 'Lighthouse'],
      ['person.grant', 'Grace Hopper', 'succeeded', 'Lighthouse'],
      ['profile.provider', 'Grace Hopper', 'succeeded', null],
    ])
  })

  it('knows them again, whatever they are called by then, and writes down only what is new', async () => {
    await new SignsIn().signIn('s-1')
    provider().accounts.set('s-1', { name: 'Grace Brewster', login: 'brewster', groups: ['crew'] })
    await new SignsIn().signIn('s-1')
    expect(await prisma().user.count()).toBe(1)
    expect(await prisma().activity.count()).toBe(3)
  })

  it('takes nobody for somebody who has that account already', async () => {
    const local = await prisma().user.create({
      data: { login: 'grace', name: 'Grace', passwordHash: await hashPassword('correct horse battery') },
    })
    const browser = new SignsIn()
    await browser.signIn('s-1')
    expect(await authenticate(browser.sent)).toMatchObject({ login: 'grace-2', userId: expect.not.stringContaining(local.id) })
  })

  it('gives namespaces of an environment where the group says so', async () => {
    provider().accounts.set('s-1', { name: 'Grace', login: 'grace', groups: ['dev'] })
    const browser = new SignsIn()
    await browser.signIn('s-1')
    expect((await authenticate(browser.sent))?.bindings).toEqual([
      { role: 'deployer', environment: harbour(), namespaces: ['shop', 'billing'] },
    ])
  })

  it.each([
    [['others'], 'oidc_no_role'],
    [[], 'oidc_no_role'],
    [undefined, 'oidc_no_groups'],
  ])('of groups %j is refused with %s, and nobody is made', async (groups, problem) => {
    provider().accounts.set('s-1', { name: 'Grace', login: 'grace', groups })
    expect(errorIn(await new SignsIn().signIn('s-1'))).toBe(problem)
    expect(await prisma().user.count()).toBe(0)
  })

  it('takes the roles of who came before and has no group by now', async () => {
    const before = new SignsIn()
    await before.signIn('s-1')
    provider().accounts.set('s-1', { name: 'Grace', login: 'grace', groups: [] })
    expect(errorIn(await new SignsIn().signIn('s-1'))).toBe('oidc_no_role')
    expect(await rolesOf(before)).toEqual([])
  })

  it('refuses a disabled person, and says so', async () => {
    await new SignsIn().signIn('s-1')
    await prisma().user.updateMany({ data: { disabledAt: new Date() } })
    expect(errorIn(await new SignsIn().signIn('s-1'))).toBe('oidc_disabled')
  })

  it('leads to our one address, of which the provider knows', async () => {
    const request = new Request(`${url}/api/auth/oidc?callbackUrl=%2Fchanges`, { headers: { host: '127.0.0.1:3000' } })
    const { beginOidc } = await import('./oidc.ts')
    expect((await beginOidc(request)).headers.get('location')).toBe(`${url}/api/auth/oidc?callbackUrl=%2Fchanges`)
  })

  it('never goes on to an address of others', async () => {
    expect(await new SignsIn().signIn('s-1', 'https://evil.example/')).toBe('/')
  })
})

describe('whom a provider vouches for', () => {
  const keepers = () => provider().accounts.set('s-2', { name: 'Ada', login: 'ada', groups: ['keepers'] })
  const actorOf = async (subject: string) => {
    const browser = new SignsIn()
    await browser.signIn(subject)
    return (await authenticate(browser.sent))!
  }

  it('has no password here, and gets none', async () => {
    keepers()
    const [grace, ada] = [await actorOf('s-1'), await actorOf('s-2')]
    const refused = { code: 'blocked', reason: { code: 'password_of_provider', params: { provider: 'Lighthouse' } } }
    await expect(resetPerson(ada, grace.userId, new Date())).rejects.toMatchObject(refused)
    await expect(changePassword(grace, { current: '', next: 'a lighthouse at noon', keepSessions: true })).rejects.toMatchObject(refused)
    await expect(signIn({ login: 'grace', password: '', address: '10.0.0.2', userAgent: '' })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
  })

  it('has the roles of their groups alone, and may be renamed', async () => {
    keepers()
    const [grace, ada] = [await actorOf('s-1'), await actorOf('s-2')]
    const given = [{ role: 'administrator' as const, environment: null, namespaces: null }]
    await expect(changePerson(ada, grace.userId, { bindings: { given, taken: [], known: grace.bindings } })).rejects.toMatchObject({
      code: 'blocked',
      reason: { code: 'roles_of_provider' },
    })
    await changePerson(ada, grace.userId, { name: 'Amazing Grace', bindings: { given: [], taken: [], known: grace.bindings } })
    expect(await readPerson(grace.userId, new Date())).toMatchObject({ name: 'Amazing Grace', provider: 'Lighthouse', state: 'active' })
  })

  it('is what the signature of the ID token says, and nothing else', async () => {
    const asked = globalThis.fetch
    const forge = (token: string) => {
      const [head, body, signature] = token.split('.') as [string, string, string]
      const claims = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), groups: ['keepers'] }
      return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    }
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (...given) => {
      const response = await asked(...given)
      if (!String(given[0]).endsWith('/token')) return response
      const answer = (await response.json()) as { id_token: string }
      return Response.json({ ...answer, id_token: forge(answer.id_token) })
    })
    try {
      expect(errorIn(await new SignsIn().signIn('s-1'))).toBe('oidc_failed')
    } finally {
      vi.restoreAllMocks()
    }
    expect(await prisma().user.count()).toBe(0)
  })
})

describe('what comes back counts once, in the browser that began', () => {
  const comeBack = async (browser: SignsIn) => browser.atProvider(await browser.begin(), 's-1')

  it('a callback that is replayed is refused, and its code too by who kept the cookie', async () => {
    const browser = new SignsIn()
    const address = await comeBack(browser)
    const kept = browser.ours.get(cookieName('oidc'))!
    expect(await browser.end(address)).toBe('/')
    expect(browser.ours.has(cookieName('oidc')), 'taken away').toBe(false)
    expect(errorIn(await browser.end(address))).toBe('oidc_stale')
    browser.ours.set(cookieName('oidc'), kept)
    expect(errorIn(await browser.end(address))).toBe('oidc_stale')
    expect(await prisma().session.count()).toBe(1)
  })

  it('of two that race with one code at most one is let in', async () => {
    const browser = new SignsIn()
    const address = await comeBack(browser)
    const ends = await Promise.all([browser.end(address), browser.end(address)])
    expect(ends.filter((one) => one === '/').length).toBeLessThanOrEqual(1)
    expect(await prisma().session.count()).toBeLessThanOrEqual(1)
  })

  it('a browser without the cookie is refused', async () => {
    const address = await comeBack(new SignsIn())
    expect(errorIn(await new SignsIn().end(address))).toBe('oidc_stale')
  })

  it('the callback of another browser is refused: nobody is signed in as somebody else', async () => {
    const other = await comeBack(new SignsIn())
    const browser = new SignsIn()
    await browser.begin()
    expect(errorIn(await browser.end(other))).toBe('oidc_stale')
    expect(await authenticate(browser.sent)).toBeNull()
  })

  it.each([
    ['access_denied', 'oidc_denied'],
    ['temporarily_unavailable', 'oidc_unreachable'],
    ['invalid_scope', 'oidc_failed'],
  ])('the error %s of the provider is told as %s', async (error, problem) => {
    const browser = new SignsIn()
    const state = new URL(await browser.begin()).searchParams.get('state')!
    const back = new URLSearchParams({ error, state, iss: provider().issuer })
    expect(errorIn(await browser.end(`${url}/api/auth/oidc/callback?${back}`))).toBe(problem)
  })

  it('attempts of an address are limited as those with a password', async () => {
    const browser = new SignsIn()
    const state = new URL(await browser.begin()).searchParams.get('state')!
    const kept = browser.ours.get(cookieName('oidc'))!
    const tried = async () => {
      browser.ours.set(cookieName('oidc'), kept)
      return errorIn(
        await browser.end(
          `${url}/api/auth/oidc/callback?${new URLSearchParams({ error: 'access_denied', state, iss: provider().issuer })}`,
        ),
      )
    }
    for (let count = 0; count < attempts.perAddress; count++) await tried()
    expect(await tried()).toMatch(/^rate_limited:\d+$/)
  })

  it('attempts that succeed do not count', async () => {
    await new SignsIn().signIn('s-1')
    expect((await pool().query('SELECT points FROM login_limits')).rows).toEqual([{ points: 0 }])
  })
})

describe('the provider', () => {
  it('that is down lets nobody in, and it is said why, before and after the sign-in there', async () => {
    const browser = new SignsIn()
    const address = await browser.atProvider(await browser.begin(), 's-1')
    await provider().stop()
    try {
      expect(errorIn(await browser.end(address))).toBe('oidc_unreachable')
      forgetProvider()
      expect(errorIn(await new SignsIn().begin())).toBe('oidc_unreachable')
    } finally {
      await provider().start()
    }
    forgetProvider()
    expect(await new SignsIn().signIn('s-1')).toBe('/')
  })
})
