import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { attempts } from '../access/limits.ts'
import { settings } from '../settings.ts'
import { route } from './route.ts'
import { call, signedIn, type Person } from './test-client.ts'

useDatabase()

let person: Person
beforeAll(async () => {
  person = await signedIn({ role: 'administrator', environment: null, namespaces: null })
})
const code = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code

describe('every answer', () => {
  it('has an id of its own, whatever the caller says, and is kept by no cache', async () => {
    const response = await call('me.read', { cookie: person.cookie, headers: { 'x-request-id': 'mine' } })
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('to HEAD is that of GET without its body, which nobody would read', async () => {
    const { host, origin } = new URL(settings().url)
    const headers = { host, cookie: person.cookie }
    const response = await route('resources.export')(
      new Request(`${origin}/api/resources/export?kind=docker/containers`, { method: 'HEAD', headers }),
    )
    expect([response.status, response.body]).toEqual([200, null])
    expect(response.headers.get('content-type')).toContain('text/csv')
  })

  it('that is an error names the request', async () => {
    const response = await call('me.read')
    expect(response.status).toBe(401)
    const { error } = (await response.json()) as { error: { code: string; requestId: string } }
    expect(error).toMatchObject({ code: 'unauthenticated', requestId: response.headers.get('x-request-id') })
  })
})

describe('a change', () => {
  const rename = (headers: Record<string, string>, body: unknown = { name: 'Ada' }) =>
    call('me.update', { cookie: person.cookie, headers, body })

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['another host', { host: 'evil.example' }],
  ])('is refused from %s', async (_, headers) => {
    const response = await rename(headers)
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('PORTOLAN_URL')
  })

  it('is taken from our own pages', async () => {
    expect(await (await rename({})).json()).toMatchObject({ name: 'Ada' })
  })

  it('is refused when it is too large, too deep, or no JSON', async () => {
    let deep: unknown = 1
    for (let level = 0; level < 25; level++) deep = [deep]
    expect(await code(await rename({}, { name: 'x'.repeat(1024 * 1024) }))).toBe('too_large')
    expect(await code(await rename({}, { name: deep }))).toBe('too_large')
    expect(await code(await rename({ 'content-type': 'text/plain' }))).toBe('unsupported_type')
  })

  it('names the field that does not fit', async () => {
    const response = await rename({}, { name: '' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_input', details: { issues: [{ path: 'name' }] } } })
  })

  it('that is tried too often says when to come back', async () => {
    const password = { current: 'wrong', next: 'correct horse battery' }
    for (let index = 0; index < attempts.perLogin; index++) expect(await code(await rename({}, { password }))).toBe('invalid_input')
    const response = await rename({}, { password })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('a request whose caller went away', () => {
  const sentBy = (signal: AbortSignal) => {
    // TypeScript's own types of fetch do not know the one way to send a stream.
    const init: RequestInit & { duplex: 'half' } = {
      method: 'PATCH',
      headers: { cookie: person.cookie, host: new URL(settings().url).host, origin: settings().url, 'content-type': 'application/json' },
      body: new ReadableStream({ start: (body) => body.error(new Error('ResponseAborted')) }),
      duplex: 'half',
      signal,
    }
    return new Request(`${settings().url}/api/me`, init)
  }
  const failures = async () => {
    const text = await (await call('system.metrics', { headers: { 'x-portolan-address': '127.0.0.1' } })).text()
    return Number(/portolan_http_errors_total\{operation="me.update",code="internal"\} (\d+)/.exec(text)?.[1] ?? 0)
  }

  it('is no failure of ours; the same without that is', async () => {
    const before = await failures()
    await route('me.update')(sentBy(AbortSignal.abort()))
    expect(await failures()).toBe(before)
    await route('me.update')(sentBy(new AbortController().signal))
    expect(await failures()).toBe(before + 1)
  })
})

describe('figures for Prometheus', () => {
  const local = { 'x-portolan-address': '127.0.0.1' }
  const status = async (headers: Record<string, string>) => (await call('system.metrics', { headers })).status

  it('are for a program of this machine without a session', async () => {
    const response = await call('system.metrics', { headers: local })
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toContain('portolan_http_request_duration_seconds_bucket')
  })

  it('are not for others, nor through a proxy, nor by a foreign name', async () => {
    expect(await status({ 'x-portolan-address': '10.0.0.1' })).toBe(401)
    expect(await status({ ...local, 'x-portolan-forwarded': '1' })).toBe(401)
    expect(await status({ ...local, host: 'evil.example:3000' })).toBe(403)
  })
})

describe('input that no database could keep', () => {
  it('is the caller’s mistake, not ours', async () => {
    const name = await call('me.update', { cookie: person.cookie, body: { name: 'A\0da' } })
    expect([name.status, await code(name)]).toEqual([400, 'invalid_input'])
    const key = await call('resources.read', { cookie: person.cookie, path: { environment: '1', kind: 'containers', key: 'a\0b' } })
    expect([key.status, await code(key)]).toEqual([400, 'invalid_input'])
  })

  it('such as an environment that is no id, is refused by lists', async () => {
    const query = { kind: 'docker/containers', environment: 'abc' }
    const response = await call('resources.list', { cookie: person.cookie, query })
    expect([response.status, await code(response)]).toEqual([400, 'invalid_input'])
  })
})
