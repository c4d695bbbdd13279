import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase as givenDatabase } from '../e2e/engines/database.ts'
import { attempts } from '../lib/access/limits.ts'
import { hashPassword } from '../lib/access/passwords.ts'
import { prisma } from '../lib/database/index.ts'
import { givenWeb } from './fixtures/web.ts'

givenDatabase()
/** Addresses of this machine: one is the proxy's, the others are anybody's. */
const [proxy, anybody, another] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'] as const
const web = givenWeb({ PORTOLAN_TRUSTED_PROXIES: `${proxy}, 10.0.0.0/8` })

const password = 'a lighthouse at noon'
beforeAll(async () => {
  await prisma().user.create({ data: { login: 'ada', name: 'Ada', passwordHash: await hashPassword(password) } })
})

const ask = (line: string, from: string, headers: Record<string, string> = {}, body = '') => web.ask(line, headers, body, from)

/** Signs in and answers from where that was, as Settings shows it. */
async function signedInFrom(from: string, headers: Record<string, string>): Promise<string> {
  const asked = await ask('GET /api/auth/csrf', from, headers)
  const cookie = asked!.headers['set-cookie']!.replaceAll(/;.*/g, '').replaceAll('\n', '; ')
  const token = /"csrfToken":"(\w+)"/.exec(asked!.body)![1]!
  const form = { ...headers, Cookie: cookie, Origin: web.origin, 'Content-Type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams({ login: 'ada', password, csrfToken: token, json: 'true' })
  const userAgent = randomUUID()
  expect((await ask('POST /api/auth/callback/credentials', from, { ...form, 'User-Agent': userAgent }, body.toString()))?.status).toBe(200)
  return (await prisma().session.findFirstOrThrow({ where: { userAgent } })).address
}

const wrong = { Authorization: `Bearer ptl_0123456789abcdef_${'a'.repeat(43)}` }

describe('the address of a caller', () => {
  it('is that of their connection, whatever they say', async () => {
    for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'X-Portolan-Address'])
      expect(await signedInFrom(anybody, { [name]: name === 'Forwarded' ? 'for=6.6.6.6' : '6.6.6.6' }), name).toBe(anybody)
  })

  it('is what a trusted proxy saw, and of that only what no caller can make up', async () => {
    expect(await signedInFrom(proxy, { 'X-Forwarded-For': '6.6.6.6, 203.0.113.7' })).toBe('203.0.113.7')
    expect(await signedInFrom(proxy, { 'X-Forwarded-For': '6.6.6.6, 203.0.113.7, 10.1.2.3' })).toBe('203.0.113.7')
    expect(await signedInFrom(proxy, { 'X-Forwarded-For': 'unknown' })).toBe(proxy)
    expect(await signedInFrom(proxy, { 'X-Real-IP': '6.6.6.6' })).toBe(proxy)
  })

  it('is what limits count: nobody escapes theirs by saying another, or brings another under it', async () => {
    for (let n = 0; n < attempts.perAddress; n++)
      expect((await ask('GET /api/me', another, { ...wrong, 'X-Forwarded-For': `6.6.${n}.6` }))?.status).toBe(401)
    expect((await ask('GET /api/me', another, { ...wrong, 'X-Forwarded-For': '6.6.6.6' }))?.status).toBe(429)
    const behind = (address: string) => ask('GET /api/me', proxy, { ...wrong, 'X-Forwarded-For': address })
    for (let n = 0; n < attempts.perAddress; n++) expect((await behind('198.51.100.1'))?.status).toBe(401)
    expect((await behind('198.51.100.1'))?.status).toBe(429)
    expect((await behind('198.51.100.2'))?.status, 'another behind the same proxy').toBe(401)
  })

  it('is of this machine only where no proxy speaks for another', async () => {
    expect((await ask('GET /api/metrics', anybody))?.status).toBe(200)
    expect((await ask('GET /api/metrics', anybody, { 'X-Forwarded-For': '127.0.0.1' }))?.status).toBe(401)
    expect((await ask('GET /api/metrics', proxy, { 'X-Forwarded-For': '127.0.0.1' }))?.status).toBe(401)
  })
})

describe.each([anybody, proxy])('from %s', (from) => {
  const said = {
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Port': '443',
    'X-Forwarded-Prefix': '/evil',
  }

  it('another Host or scheme is PORTOLAN_URL’s to say: cookies, redirects and refusals are the same', async () => {
    const [plain, forwarded] = [await ask('GET /api/auth/csrf', from), await ask('GET /api/auth/csrf', from, said)]
    const namesIn = (answer: typeof plain) => answer!.headers['set-cookie']!.replaceAll(/=.*/g, '')
    expect(namesIn(forwarded)).toBe(namesIn(plain))
    expect(forwarded!.headers['set-cookie']).not.toMatch(/Secure|evil/)
    for (const path of ['/', '/api/auth/providers', '/api/auth/signin', '/sign-in', '/settings/people']) {
      const answer = (await ask(`GET ${path}`, from, said))!
      expect(JSON.stringify(answer.headers) + answer.body, path).not.toContain('evil')
    }
  })

  it('a foreign Host or Origin stays one, whatever is said beside it', async () => {
    const ours = { 'X-Forwarded-Host': web.host, 'X-Forwarded-Proto': 'http' }
    expect((await ask('GET /', from, { ...ours, Host: 'evil.example' }))?.status).toBe(403)
    expect((await ask('GET /api/me', from, { ...ours, Host: 'evil.example' }))?.status).toBe(403)
    const change = { ...said, Origin: 'https://evil.example', 'Content-Type': 'application/json' }
    expect((await ask('PATCH /api/me', from, change, '{}'))?.status).toBe(403)
    expect((await ask('PATCH /api/me', from, { ...said, Origin: web.origin, 'Content-Type': 'application/json' }, '{}'))?.status).toBe(401)
  })
})
