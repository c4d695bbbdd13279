import { describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { attempts } from '../access/limits.ts'
import { pool, prisma } from '../database/index.ts'
import type { Role } from '../model/role.ts'
import type { MadeToken, Token } from '../model/token.ts'
import { call, signedIn, type Call, type Person } from './test-client.ts'

useDatabase()

const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString()
const fleet = (role: Role) => ({ role, environment: null, namespaces: null })

async function make({ cookie }: Person, role: Role, name = 'ci-deploy'): Promise<MadeToken> {
  const response = await call('tokens.create', { cookie, body: { name, role, expiresAt: inDays(7) } })
  expect(response.status).toBe(201)
  return (await response.json()) as MadeToken
}

/** As a program does it: no cookie and no Origin. */
const through = (name: string, secret: string, { headers, ...asked }: Call = {}) =>
  call(name, { ...asked, headers: { authorization: `Bearer ${secret}`, origin: '', ...headers } })

async function refusalOf(response: Response) {
  const { error } = (await response.json()) as { error: { code: string; reason?: { code: string } } }
  return [response.status, error.reason?.code ?? error.code]
}

describe('a token', () => {
  it('is told once, kept as a hash alone, and listed without it', async () => {
    const ana = await signedIn(fleet('operator'))
    const { secret } = await make(ana, 'viewer')
    const tail = secret.slice(-43)
    const { rows: tables } = await pool().query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    )
    for (const { name } of tables) {
      const { rows } = await pool().query(`SELECT 1 FROM "${name}" AS t WHERE t::text LIKE '%' || $1 || '%'`, [tail])
      expect(rows, name).toEqual([])
    }
    const listed = await (await call('tokens.list', { cookie: ana.cookie })).text()
    expect(listed).toContain(secret.slice(0, 20))
    expect(listed).not.toContain(tail)
    expect(listed).not.toContain('hash')
  })

  it('is valid wherever a session is, changes too, and what it did says through which', async () => {
    const ana = await signedIn(fleet('administrator'))
    const { secret } = await make(ana, 'administrator')
    expect(await (await through('me.read', secret)).json()).toMatchObject({ userId: ana.actor.userId, sessionId: null })
    expect((await through('me.update', secret, { body: { name: 'Ana' } })).status).toBe(200)
    const activity = await prisma().activity.findFirst({ where: { verb: 'profile.change', userId: ana.actor.userId } })
    expect(activity).toMatchObject({ userName: ana.actor.name, tokenName: 'ci-deploy' })
    expect(
      await refusalOf(await through('me.update', secret, { body: { name: 'Eve' }, headers: { origin: 'https://evil.example' } })),
    ).toEqual([403, 'origin_refused'])
  })

  it('counts, and the cookie beside it does not', async () => {
    const [ana, bob] = [await signedIn(fleet('viewer')), await signedIn(fleet('viewer'))]
    const { secret } = await make(ana, 'viewer')
    expect(await (await through('me.read', secret, { cookie: bob.cookie })).json()).toMatchObject({ userId: ana.actor.userId })
    expect(await refusalOf(await through('me.read', `${secret}x`, { cookie: bob.cookie }))).toEqual([401, 'token_unknown'])
    const proxys = await call('me.read', { cookie: bob.cookie, headers: { authorization: 'Bearer eyJ.of.a-proxy' } })
    expect(await proxys.json()).toMatchObject({ userId: bob.actor.userId })
  })

  it('says to who has it that it expired, was revoked, or that the account is disabled, and works no more', async () => {
    const ana = await signedIn(fleet('viewer'))
    const made = await make(ana, 'viewer')
    const use = async () => refusalOf(await through('me.read', made.secret))
    await prisma().token.update({ where: { id: made.id }, data: { expiresAt: new Date() } })
    expect(await use()).toEqual([401, 'token_expired'])
    await prisma().token.update({ where: { id: made.id }, data: { expiresAt: new Date(Date.now() + dayMs) } })
    await prisma().user.update({ where: { id: ana.actor.userId }, data: { disabledAt: new Date() } })
    expect(await use()).toEqual([401, 'person_disabled'])
    await prisma().user.update({ where: { id: ana.actor.userId }, data: { disabledAt: null } })
    expect((await through('me.read', made.secret)).status).toBe(200)
    expect((await call('tokens.revoke', { cookie: ana.cookie, path: { id: made.id } })).status).toBe(204)
    expect(await use()).toEqual([401, 'token_revoked'])
    await prisma().user.delete({ where: { id: ana.actor.userId } })
    expect(await use()).toEqual([401, 'token_unknown'])
  })

  it('of a person who is disabled stays dead when they are enabled again', async () => {
    const [ana, { cookie }] = [await signedIn(fleet('viewer')), await signedIn(fleet('administrator'))]
    const { secret } = await make(ana, 'viewer')
    const path = { id: ana.actor.userId }
    expect((await call('people.disable', { cookie, path })).status).toBe(200)
    expect((await call('people.enable', { cookie, path })).status).toBe(200)
    expect(await refusalOf(await through('me.read', secret))).toEqual([401, 'token_revoked'])
  })

  it('is written down as used, once a minute at the most', async () => {
    const { id, secret } = await make(await signedIn(fleet('viewer')), 'viewer')
    const lastUsed = async () => (await prisma().token.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime()
    expect(await lastUsed()).toBeUndefined()
    await through('me.read', secret)
    const first = await lastUsed()
    await through('me.read', secret)
    expect(await lastUsed()).toBe(first)
    await prisma().token.update({ where: { id }, data: { lastUsedAt: new Date(Date.now() - 61_000) } })
    await through('me.read', secret)
    expect(await lastUsed()).toBeGreaterThanOrEqual(first!)
  })
})

describe('making one', () => {
  it.each([
    ['over', -1, 400],
    ['too far', 366, 400],
    ['a year away', 365, 201],
  ] as const)('with an expiry that is %s', async (_, days, status) => {
    const { cookie } = await signedIn(fleet('viewer'))
    const response = await call('tokens.create', { cookie, body: { name: 'x', role: 'viewer', expiresAt: inDays(days) } })
    expect(response.status).toBe(status)
  })

  it('needs an expiry, and a role that one holds somewhere', async () => {
    const { cookie } = await signedIn(fleet('viewer'))
    expect((await call('tokens.create', { cookie, body: { name: 'x', role: 'viewer' } })).status).toBe(400)
    const more = await call('tokens.create', { cookie, body: { name: 'x', role: 'deployer', expiresAt: inDays(1) } })
    expect(await refusalOf(more)).toEqual([403, 'beyond_own_rights'])
  })

  it('shows it to nobody else, and to administrators whose it is; they may revoke it', async () => {
    const [ana, bob, administrator] = [
      await signedIn(fleet('viewer')),
      await signedIn(fleet('operator')),
      await signedIn(fleet('administrator')),
    ]
    const { id, secret } = await make(ana, 'viewer')
    const listed = async ({ cookie }: Person) =>
      ((await (await call('tokens.list', { cookie, query: { everybody: 'true' } })).json()) as { rows: Token[] }).rows.find(
        (row) => row.id === id,
      )
    expect(await listed(bob)).toBeUndefined()
    expect(await refusalOf(await call('tokens.revoke', { cookie: bob.cookie, path: { id } }))).toEqual([404, 'token_gone'])
    expect(await listed(administrator)).toMatchObject({ own: false, userName: ana.actor.name })
    expect((await call('tokens.revoke', { cookie: administrator.cookie, path: { id } })).status).toBe(204)
    expect((await through('me.read', secret)).status).toBe(401)
  })
})

it('no password is changed through a token', async () => {
  const { secret } = await make(await signedIn(fleet('administrator')), 'administrator')
  const body = { password: { current: 'a', next: 'a longer one than ten' } }
  expect(await refusalOf(await through('me.update', secret, { body }))).toEqual([403, 'needs_session'])
})

describe('wrong tokens', () => {
  it('of one address are answered with a wait after a while; right ones go on', async () => {
    const { secret } = await make(await signedIn(fleet('viewer')), 'viewer')
    const headers = { 'x-portolan-address': '10.9.8.7' }
    const wrong = `ptl_0123456789abcdef_${'a'.repeat(43)}`
    for (let n = 0; n < attempts.perAddress; n++) expect((await through('me.read', wrong, { headers })).status).toBe(401)
    const refused = await through('me.read', wrong, { headers })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await through('me.read', secret, { headers })).status).toBe(200)
    expect((await through('me.read', wrong, { headers: { 'x-portolan-address': '10.9.8.6' } })).status).toBe(401)
  })
})
