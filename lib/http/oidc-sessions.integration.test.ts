import { randomBytes } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { authenticate } from '../access/authenticate.ts'
import { problemOf } from '../access/oidc/held.ts'
import { refreshSessions } from '../access/oidc/refresh.ts'
import { endAddress, tokensOf } from '../access/oidc/sign-out.ts'
import { resealEverything } from '../access/rotate.ts'
import { openSecrets } from '../access/secrets.ts'
import { listen, notify, prisma } from '../database/index.ts'
import { parseSecretKeys, settings } from '../settings.ts'
import { forgetProvider, SignsIn, useProvider } from './fixtures/signs-in.ts'
import { signedIn as localPerson } from './test-client.ts'

const { provider, harbour } = useProvider()

/** So many minutes after now: sessions are asked about every 5, and hold for 15 without an answer. */
const after = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 1_000)

async function signedIn(): Promise<SignsIn> {
  const browser = new SignsIn()
  await browser.signIn('s-1')
  return browser
}

const roles = async (browser: SignsIn, now = new Date()) =>
  (await authenticate(browser.sent, now))?.bindings.map(({ role, environment }) => `${role} ${environment}`) ?? null
const forGroups = (...groups: string[]) => provider().accounts.set('s-1', { name: 'Grace Hopper', login: 'Grace', groups })

describe('asking again', () => {
  it('happens when it is due, with a token that works once, and lengthens the session up to its hours', async () => {
    const browser = await signedIn()
    const before = provider().refreshed.given
    expect(await refreshSessions(after(4))).toBe(0)
    for (const minutes of [5, 10, 15]) expect(await refreshSessions(after(minutes))).toBe(1)
    expect(provider().refreshed).toEqual({ given: before + 3, refused: 0 })
    expect(await authenticate(browser.sent, after(29))).not.toBeNull()
    expect(await authenticate(browser.sent, after(31))).toBeNull()
    const hoursMs = settings().sessionHours * 3_600_000
    await prisma().session.updateMany({ data: { createdAt: new Date(after(30).getTime() - hoursMs) } })
    await refreshSessions(after(20))
    const { createdAt, expiresAt } = await prisma().session.findFirstOrThrow()
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(hoursMs)
  })

  it('is done by one of two webs, so that no token is used twice', async () => {
    const browser = await signedIn()
    const before = { ...provider().refreshed }
    const taken = await Promise.all([refreshSessions(after(5)), refreshSessions(after(5)), refreshSessions(after(5))])
    expect(taken.toSorted((one, other) => one - other)).toEqual([0, 0, 1])
    expect(provider().refreshed).toEqual({ ...before, given: before.given + 1 })
    expect(await roles(browser)).not.toBeNull()
  })

  it('takes the roles of a group that was removed, at once and with a word to open sockets', async () => {
    const browser = await signedIn()
    expect(await roles(browser)).toEqual([`operator ${harbour()}`, 'viewer null'])
    const told: unknown[] = []
    const stop = listen((topic) => told.push(topic))
    await vi.waitFor(async () => {
      await notify(null, { topic: 'environments' })
      expect(told).not.toEqual([])
    })
    forGroups('dev')
    await refreshSessions(after(5))
    expect(await roles(browser)).toEqual([`deployer ${harbour()}`])
    await vi.waitFor(() => expect(told).toContainEqual({ topic: 'access', user: expect.any(String) }), { timeout: 5_000 })
    stop()
    const verbs = (await prisma().activity.findMany({ orderBy: { id: 'asc' } })).map(({ verb }) => verb)
    expect(verbs.slice(-3).toSorted()).toEqual(['person.grant', 'person.revoke', 'person.revoke'])
  })

  it('ends the session of who has no group left, takes every role, and the sign-in page says why', async () => {
    const browser = await signedIn()
    forGroups('others')
    await refreshSessions(after(5))
    expect(await authenticate(browser.sent)).toBeNull()
    expect(await problemOf(browser.sent, new Date())).toBe('oidc_no_role')
    expect(await prisma().roleBinding.count()).toBe(0)
  })

  it('ends a session that the provider does not stand by any more, and the sign-in page says why', async () => {
    const browser = await signedIn()
    await provider().withdraw()
    await refreshSessions(after(5))
    expect(await authenticate(browser.sent)).toBeNull()
    expect(await problemOf(browser.sent, new Date())).toBe('oidc_withdrawn')
  })

  it('leaves a session alone while the provider is down, for as long as it was confirmed, and then says why', async () => {
    const browser = await signedIn()
    await provider().stop()
    try {
      for (const minutes of [5, 10, 14]) await refreshSessions(after(minutes))
      expect(await authenticate(browser.sent, after(14))).not.toBeNull()
      expect(await authenticate(browser.sent, after(15))).toBeNull()
      expect(await problemOf(browser.sent, after(15))).toBe('oidc_unreachable')
      expect(await problemOf(browser.sent, after(14)), 'not before').toBeNull()
    } finally {
      await provider().start()
    }
  })

  it('goes on where it was when the provider is back in time', async () => {
    const browser = await signedIn()
    await provider().stop()
    await refreshSessions(after(5))
    await provider().start()
    await refreshSessions(after(6))
    expect(await authenticate(browser.sent, after(20))).not.toBeNull()
    expect(await prisma().oidcSession.findFirst()).toMatchObject({ problem: null })
  })

  it('leaves what is of another provider to end, and tells it nothing', async () => {
    const browser = await signedIn()
    await prisma().user.updateMany({ data: { issuer: 'https://former.example.org' } })
    expect(await refreshSessions(after(5))).toBe(0)
    expect(await authenticate(browser.sent, after(16))).toBeNull()
  })
})

describe('the tokens of the provider', () => {
  it('are sealed, sealed anew by a rotation, and forgotten when the session is over', async () => {
    await signedIn()
    const sealed = async () => (await prisma().oidcSession.findFirstOrThrow()).sealed
    const before = Buffer.from((await sealed())!)
    const { refreshToken, idToken } = openSecrets(before)
    expect(before.includes(refreshToken!) || before.includes(idToken!)).toBe(false)
    const older = settings().secretKeys[0]!
    const newer = parseSecretKeys(randomBytes(32).toString('hex'))[0]!
    vi.spyOn(settings(), 'secretKeys', 'get').mockReturnValue([newer, older])
    expect(await resealEverything()).toBe(1)
    vi.restoreAllMocks()
    expect(openSecrets((await sealed())!, [newer])).toEqual({ refreshToken, idToken })
    await prisma().oidcSession.updateMany({ data: { sealed: before } })
    await refreshSessions(after(16))
    expect(await sealed()).toBeNull()
  })
})

describe('signing out', () => {
  it('leads to where the provider’s own session ends, and back', async () => {
    const browser = await signedIn()
    const address = new URL((await endAddress((await tokensOf(browser.sent))!))!)
    expect(address.origin).toBe(provider().issuer)
    expect(address.searchParams.get('post_logout_redirect_uri')).toBe('http://localhost:3000/sign-in')
    expect(address.searchParams.get('id_token_hint')).toBeTruthy()
    const asked = await fetch(address, { redirect: 'manual' })
    expect(asked.status, 'the provider knows whose sign-in it is').toBe(200)
  })

  it('leads nowhere while the provider is down, nor who came with a password', async () => {
    const browser = await signedIn()
    const held = (await tokensOf(browser.sent))!
    forgetProvider()
    await provider().stop()
    try {
      expect(await endAddress(held)).toBeNull()
    } finally {
      await provider().start()
    }
    expect(await tokensOf(new Headers({ cookie: (await localPerson()).cookie }))).toBeNull()
  })
})
