import { expect, request, test, type APIResponse } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dump } from './database.ts'
import { administratorsApi, trySignIn } from './people.ts'
import { portolan } from './portolan.ts'

const anHourMs = 3_600_000
const mark = crypto.randomUUID().slice(0, 8)
const canary = (what: string) => `canary-${what}-${mark}`
const pem = (what: string) =>
  `-----BEGIN PRIVATE KEY-----\n${Buffer.from(canary(what).repeat(4)).toString('base64')}\n-----END PRIVATE KEY-----`

test('what people keep secret is in no answer, log, activity or table: passwords, mistyped ones, links, tokens, keys', async () => {
  const login = `keeper-${mark}`
  const secrets = ['invited', 'next', 'mistyped', 'refused', 'stranger'].map(canary)
  const [invited, next, mistyped, refused, stranger] = secrets as [string, string, string, string, string]
  const told: string[] = []
  /** What an answer says is looked through, but for those that say a secret once. */
  const says = async (answer: APIResponse, { ok }: { ok: boolean }) => {
    expect(answer.ok(), `${answer.url()}: ${answer.status()}`).toBe(ok)
    told.push(await answer.text())
  }

  const administrator = await administratorsApi()
  const theirs = await request.newContext({ baseURL: portolan().url, extraHTTPHeaders: { origin: portolan().url } })
  const made = await administrator.post('/api/people', {
    data: { login, name: 'Keeper', bindings: [{ role: 'viewer', environment: null, namespaces: null }] },
  })
  const link = new URL(((await made.json()) as { link: { url: string } }).link.url).searchParams.get('token')!
  await says(await theirs.post('/api/setup/password', { data: { token: link, password: invited } }), { ok: true })
  await says(await theirs.post('/api/setup/password', { data: { token: link, password: refused } }), { ok: false })
  expect((await trySignIn(theirs, login, mistyped)).searchParams.has('error')).toBe(true)
  expect((await trySignIn(theirs, mistyped, invited)).searchParams.has('error'), 'a password typed as an account').toBe(true)
  expect((await trySignIn(theirs, login, invited)).searchParams.has('error')).toBe(false)
  await says(await theirs.patch('/api/me', { data: { password: { current: mistyped, next, keepSessions: true } } }), { ok: false })
  await says(await theirs.patch('/api/me', { data: { password: { current: invited, next, keepSessions: true } } }), { ok: true })
  const expiresAt = new Date(Date.now() + anHourMs).toISOString()
  const token = await theirs.post('/api/tokens', { data: { name: 'night', role: 'viewer', expiresAt } })
  const { secret } = (await token.json()) as { secret: string }
  for (const token of [secret, `ptl_${stranger}`]) {
    const program = await request.newContext({ baseURL: portolan().url, extraHTTPHeaders: { authorization: `Bearer ${token}` } })
    await says(await program.get('/api/me'), { ok: token === secret })
    await program.dispose()
  }
  const keys = { ca: pem('ca'), certificate: pem('certificate'), key: pem('key') }
  const settings = { transport: 'tls', host: '127.0.0.1', port: 1 }
  const connection = { engine: 'docker', name: canary('harbour'), stage: 'dev', settings, secrets: keys }
  for (const path of ['/api/environments/test', '/api/environments']) {
    await says(await administrator.post(path, { data: connection }), { ok: false })
  }

  for (const path of ['/api/activities', '/api/changes', '/api/people', '/api/me', '/api/metrics'])
    told.push(await (await administrator.get(path)).text())
  for (const path of ['/api/tokens', '/api/sessions', '/api/me']) await says(await theirs.get(path), { ok: true })
  const places = {
    answers: told.join('\n'),
    database: await dump(),
    log: await readFile(join(import.meta.dirname, '../test-results/portolan.log'), 'utf8'),
  }
  expect(places.database.includes(login), 'the dump is one').toBe(true)
  const searched = [...secrets, link, secret.slice(-43), ...Object.values(keys).map((key) => key.split('\n')[1]!)]
  for (const [place, text] of Object.entries(places))
    for (const [n, one] of searched.entries()) expect(text.includes(one), `${place}, secret ${n}`).toBe(false)
  await Promise.all([administrator.dispose(), theirs.dispose()])
})
