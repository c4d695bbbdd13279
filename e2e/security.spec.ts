import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { docker, expect, test } from './fixtures.ts'
import { harbour } from './fleet.ts'
import { makePerson } from './people.ts'
import { portolan } from './portolan.ts'

const nobody = { storageState: { cookies: [], origins: [] } }

/** A request with headers that no browser lets a page set. */
function raw(
  path: string,
  { method = 'GET', headers = {}, body = '' } = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  const { port } = new URL(portolan().url)
  return new Promise((resolve, reject) => {
    const asking = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { host: `localhost:${port}`, ...headers } },
      (response) => {
        let text = ''
        response.on('data', (part: Buffer) => (text += part.toString()))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      },
    )
    asking.on('error', reject)
    asking.end(body)
  })
}

test.describe('without scripts', () => {
  test.use({ ...nobody, javaScriptEnabled: false })

  test('a password that is sent is not put into the address', async ({ page }) => {
    await page.goto('/sign-in')
    await page.getByLabel('Account').fill('ada')
    await page.getByLabel('Password', { exact: true }).fill('hunter2-of-the-harbour')
    const sent = page.waitForRequest((request) => request.isNavigationRequest())
    await page.getByLabel('Password', { exact: true }).press('Enter')
    expect((await sent).method()).toBe('POST')
    expect((await sent).url()).not.toContain('hunter2')
    await expect(page.getByLabel('Account')).toBeVisible()
    expect(page.url()).not.toContain('hunter2')
  })
})

test.describe('without a session', () => {
  test.use(nobody)

  test('pages lead to sign-in and the API says 401', async ({ page }) => {
    for (const path of ['/', '/inventory/instance', '/environments/1/containers', '/changes', '/settings/sessions', '/welcome']) {
      await page.goto(path)
      await expect(page, path).toHaveURL(/\/sign-in/)
    }
    for (const path of [
      '/api/resources?category=instance',
      '/api/environments',
      '/api/home',
      '/api/changes',
      '/api/me',
      '/api/sessions',
      '/api/people',
      '/api/kinds',
    ]) {
      const response = await page.request.get(path)
      expect(response.status(), path).toBe(401)
      expect(((await response.json()) as { error: { code: string } }).error.code).toBe('unauthenticated')
    }
  })

  test('a wrong password and too many of them are refused in words', async ({ page }) => {
    const person = await makePerson({ name: 'Mallory' })
    await page.goto('/sign-in')
    const attempt = async () => {
      await page.getByLabel('Account').fill(person.login)
      await page.getByLabel('Password', { exact: true }).fill('wrong wrong wrong')
      const answered = page.waitForResponse((response) => response.url().includes('/callback/credentials'))
      await page.getByRole('button', { name: 'Sign in' }).click()
      await answered
    }
    await attempt()
    await expect(page.getByText('Account and password do not match.')).toBeVisible()
    for (let tries = 0; tries < 10; tries++) await attempt()
    await expect(page.getByText(/Too many tries\. The next one is possible in \d+/)).toBeVisible()
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText(/Too many tries/), 'the right one is not tried either').toBeVisible()
    await expect(page).toHaveURL(/\/sign-in/)
  })

  test('after signing in one is where one wanted to go', async ({ page }) => {
    const person = await makePerson({ name: 'Alice', role: 'viewer' })
    await page.goto('/changes?outcome=failed')
    await page.getByLabel('Account').fill(person.login)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/changes\?outcome=failed$/)
  })
})

test('another Host or Origin is refused, naming the setting', async () => {
  const own = portolan().url
  const foreign = await raw('/', { headers: { host: 'evil.example' } })
  expect(foreign.status).toBe(403)
  expect(foreign.text).toContain('PORTOLAN_URL')
  const json = { 'content-type': 'application/json' }
  const refusals = [
    await raw('/api/me', { headers: { host: 'evil.example' } }),
    await raw('/api/me', { method: 'PATCH', headers: { ...json, origin: 'https://evil.example' }, body: '{}' }),
    await raw('/api/me', { method: 'PATCH', headers: json, body: '{}' }),
    await raw('/api/me', { method: 'PATCH', headers: { ...json, origin: own, 'sec-fetch-site': 'cross-site' }, body: '{}' }),
    await raw('/api/auth/callback/credentials', { method: 'POST', headers: { origin: 'https://evil.example' } }),
  ]
  for (const { status, text } of refusals) {
    expect(status, text).toBe(403)
    expect(text).toContain('PORTOLAN_URL')
    expect(text, 'says how it is reached').toContain(own)
  }
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  }
  const socket = await raw('/api/live', { headers: { ...upgrade, origin: 'https://evil.example' } })
  expect(socket.status).toBe(403)
  expect(socket.text).toContain('PORTOLAN_URL')
})

test('every page has a policy with a nonce of its own, and nothing unsafe for scripts', async ({ page }) => {
  const nonces = new Set<string>()
  for (const path of ['/', '/changes', '/inventory/instance', '/nowhere', '/sign-in']) {
    const response = await page.goto(path)
    const policy = response?.headers()['content-security-policy'] ?? ''
    const scripts = policy.split(';').find((part) => part.trim().startsWith('script-src')) ?? ''
    const nonce = scripts.match(/'nonce-([\w+/=]+)'/)?.[1]
    expect(nonce, path).toBeTruthy()
    nonces.add(nonce!)
    expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval|\*|https?:/)
    expect(policy).toContain("object-src 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(response?.headers()['x-content-type-options']).toBe('nosniff')
    const bare = await page
      .locator('script:not([src])')
      .evaluateAll((all) => all.filter((script) => !(script as HTMLScriptElement).nonce).length)
    expect(bare, `scripts without the nonce on ${path}`).toBe(0)
  }
  expect(nonces.size, 'a new one each time').toBeGreaterThanOrEqual(4)
})

test('bodies that are too large, too deep or of another type are refused, and the process lives', async ({ page }) => {
  const origin = { origin: portolan().url }
  const json = { ...origin, 'content-type': 'application/json' }
  const patch = (data: string | Buffer, headers: Record<string, string>) => page.request.patch('/api/me', { data, headers })
  expect((await patch(Buffer.from(`{"name":"${'x'.repeat(2 * 1024 * 1024)}"}`), json)).status(), 'large').toBe(413)
  const depth = 10_000
  expect([400, 413], 'deep').toContain((await patch(Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`), json)).status())
  expect([400, 413], 'deep lists').toContain((await patch(Buffer.from(`${'['.repeat(depth)}${']'.repeat(depth)}`), json)).status())
  expect((await patch(Buffer.from('<name>Eve</name>'), { ...origin, 'content-type': 'text/xml' })).status(), 'type').toBe(415)
  expect((await patch(Buffer.from('{"name":'), json)).status(), 'torn').toBe(400)
  expect((await patch(Buffer.from('[]'), json)).status(), 'a list').toBe(400)
  expect((await patch(Buffer.from('{"__proto__":{"isAdmin":true},"name":7}'), json)).status(), 'wrong field').toBe(400)
  expect((await page.request.get('/api/me')).status(), 'the process lives').toBe(200)
  expect((await page.request.get('/api/health')).status()).toBe(200)
})

test('an Idempotency-Key does an action once', async ({ page }) => {
  test.skip(portolan().dockerSocket === null, 'there is no dockerd here')
  const name = `once-${randomUUID().slice(0, 8)}`
  await docker('run', '--detach', '--stop-signal', 'KILL', '--name', name, 'portolan/busybox:1', 'sleep', '1000')
  const { id } = await harbour()
  const path = `/api/environments/${id}/containers/${name}`
  await expect.poll(async () => (await page.request.get(path)).status()).toBe(200)
  const { rows } = (await (await page.request.get(path)).json()) as { rows: { uid: string }[] }
  const key = randomUUID()
  const send = () =>
    page.request.post(`${path}/actions/restart`, {
      data: { input: { graceSeconds: 0 }, uid: rows[0]?.uid },
      headers: { origin: portolan().url, 'idempotency-key': key },
    })
  const answers = await Promise.all([send(), send(), send()])
  const ids = await Promise.all(answers.map(async (response) => ((await response.json()) as { id?: string }).id))
  expect(new Set(ids).size, JSON.stringify(ids)).toBe(1)
  expect(ids[0]).toBeTruthy()
  await docker('rm', '--force', name)
})
