import { describe, expect, it } from 'vitest'
import { addresses, admin, environment, expectError, givenCallers, isServed, state, web } from './fixtures/callers.ts'

givenCallers()

describe('an address that is written otherwise', () => {
  const tricks: [string, (path: string) => string][] = [
    ['a double slash', (path) => path.replace('/api/', '/api//')],
    ['two slashes before', (path) => `/${path}`],
    ['a slash behind', (path) => `${path}/`],
    ['a dot', (path) => path.replace('/api/', '/api/./')],
    ['dots', (path) => path.replace('/api/', '/api/../api/')],
    ['encoded dots', (path) => path.replace('/api/', '/api/%2e%2E/api/')],
    ['dots from a file', (path) => `/_next/static/..${path}`],
    ['an encoded slash', (path) => path.replace('/api/', '/api%2f')],
    ['a backslash', (path) => path.replace('/api/', String.raw`/api\ `.trim())],
    ['an encoded backslash', (path) => path.replace('/api/', '/api%5c')],
    ['NUL', (path) => `${path}%00`],
    ['a line', (path) => `${path}%0d%0aX-Evil:%201`],
    ['an overlong dot', (path) => path.replace('/api/', '/api/%c0%ae%c0%ae/')],
    ['half a code', (path) => `${path}%`],
    ['bytes beyond ASCII', (path) => `${path}é`],
    ['a wide letter', (path) => path.replace('/api/', '/%EF%BD%81pi/')],
    ['capitals', (path) => path.replace('/api/', '/API/')],
    ['a parameter of the path', (path) => path.replace('/api/', '/api;a=b/')],
    ['a fragment', (path) => `${path}#x`],
    ['the whole address', (path) => `http://localhost${path}`],
    ['another whole address', (path) => `http://evil.example${path}`],
    ['no slash', (path) => path.slice(1)],
  ]
  it.each(tricks)('by %s does nothing, on every route', { timeout: 60_000 }, async (_, trick) => {
    const before = await state()
    const tried = addresses.map(async ({ method, path }) => {
      const about = `${method} ${trick(path())}`
      const answer = await web.ask(
        about,
        { ...admin, ...(method !== 'GET' && { 'Content-Type': 'application/json' }) },
        method === 'GET' ? '' : '{}',
      )
      expect([400, 404, 405], about).toContain(answer?.status)
      if (trick(path()).startsWith('/api/')) expectError(answer, about, 'invalid_input', 'not_found')
    })
    await Promise.all(tried)
    expect(await state()).toEqual(before)
    await isServed()
  })

  it('is told in our own form, with all headers, where nothing is', async () => {
    for (const path of [
      '/api/',
      '/api/nothing',
      '/api/me/more',
      '/api/live',
      '/api/internal/terminals',
      '/api/environments/1/2',
      '/api/__proto__',
    ])
      expectError(await web.ask(`GET ${path}`, admin), path, 'not_found')
    expect((await web.ask('GET /nothing'))?.headers['content-security-policy']).toContain("object-src 'none'")
  })
})

describe('a method', () => {
  it('that an address does not have is named, with those it has, and does nothing', { timeout: 60_000 }, async () => {
    const before = await state()
    for (const [path, all] of Map.groupBy(addresses, (one) => one.path())) {
      const has = all.map(({ method }) => method as string)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'].filter((one) => !has.includes(one))) {
        const answer = await web.ask(`${method} ${path}`, admin)
        expectError(answer, `${method} ${path}`, 'unknown_method')
        expect([answer!.status, answer!.headers.allow]).toEqual([
          405,
          has.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])).join(', '),
        ])
      }
    }
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE']) expect((await web.ask(`${method} /sign-in`))?.status).toBe(405)
    expect(await state()).toEqual(before)
  })

  it('is that of the request, whatever a header or a field says', async () => {
    const before = await state()
    const path = `/api/environments/${environment}`
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])
      expect((await web.ask(`GET ${path}`, { ...admin, [name]: 'DELETE' }))?.status).toBe(200)
    expect((await web.ask(`GET ${path}?_method=DELETE`, admin))?.status).toBe(200)
    const form = { ...admin, 'Content-Type': 'application/x-www-form-urlencoded', 'X-HTTP-Method-Override': 'DELETE' }
    expectError(await web.ask(`POST ${path}`, form, '_method=DELETE'), 'a form', 'unknown_method')
    expect(await state()).toEqual(before)
  })

  it('of Next’s own inner headers changes nothing: pages keep their policy and lead to sign-in', async () => {
    for (const name of [
      'x-middleware-subrequest',
      'x-middleware-override-headers',
      'x-nextjs-data',
      'x-matched-path',
      'x-invoke-path',
      'x-middleware-prefetch',
    ]) {
      const answer = await web.ask('GET /settings/people', {
        [name]: name.endsWith('subrequest') ? 'proxy:proxy:proxy:proxy:proxy' : '/api/me',
      })
      expect([307, 200], name).toContain(answer?.status)
      expect(answer?.headers['content-security-policy'], name).toContain("'strict-dynamic'")
      expect(answer!.status === 307 ? answer!.headers.location : answer!.body, name).toContain('/sign-in')
    }
  })
})

describe('what is no request', () => {
  const smuggled = () =>
    `DELETE /api/environments/${environment} HTTP/1.1\r\nHost: ${web.host}\r\nAuthorization: ${admin.Authorization}\r\n\r\n`
  const post = (headers: string, body: string) =>
    `POST /api/environments/test HTTP/1.1\r\nHost: ${web.host}\r\nConnection: close\r\n${headers}\r\n\r\n${body}`
  const shapes: [string, () => string][] = [
    ['two lengths', () => post('Content-Length: 0\r\nContent-Length: 200', smuggled())],
    ['a length and chunks', () => post('Content-Length: 5\r\nTransfer-Encoding: chunked', `0\r\n\r\n${smuggled()}`)],
    ['another coding', () => post('Transfer-Encoding: xchunked', `0\r\n\r\n${smuggled()}`)],
    ['chunks that are not the last coding', () => post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${smuggled()}`)],
    ['a space before the colon', () => post('Content-Length : 5', smuggled())],
    ['a folded header', () => post('X-A: b\r\n Content-Length: 0', smuggled())],
    ['a bare line feed', () => post('X-A: b\nContent-Length: 0', smuggled())],
    ['a negative length', () => post('Content-Length: -1', smuggled())],
    ['a length in hexadecimal', () => post('Content-Length: 0x5', smuggled())],
    ['a chunk without a size', () => post('Transfer-Encoding: chunked', `zz\r\n${smuggled()}`)],
    ['two hosts', () => post(`Host: evil.example\r\nContent-Length: 0`, '')],
    ['no host', () => 'GET /api/me HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a method of its own', () => `STEAL /api/me HTTP/1.1\r\nHost: ${web.host}\r\n\r\n`],
    ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', () => '\u0016\u0003\u0001\u0002\0\u0001'],
  ]
  it.each(shapes)('%s: is refused in our form, and what hides behind it is not done', async (about, bytes) => {
    const before = await state()
    const answer = await web.say(bytes())
    expect(answer?.status, about).toBe(400)
    expectError(answer, about, 'invalid_input')
    expect(answer!.body.match(/HTTP\/1\.1/g), 'one answer').toBeNull()
    expect(await state()).toEqual(before)
  })

  it.each(['CONNECT evil.example:443', 'OPTIONS *', 'GET *'])('%s: nothing is opened', async (line) => {
    expect([null, 400]).toContain((await web.ask(line))?.status ?? null)
  })

  it('is an upgrade anywhere but where there is a socket', async () => {
    const upgrade = {
      ...admin,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    for (const path of [
      '/',
      '/api/me',
      '/api/live/',
      '/api//live',
      '/API/live',
      '/api/live%00',
      '/api/../api/live',
      '/_next/webpack-hmr',
      '/api/internal/terminals',
    ])
      expectError(await web.ask(`GET ${path}`, upgrade), path, 'not_found')
    const answer = await web.ask('GET /api/live', { ...upgrade, Upgrade: 'h2c' })
    expect(answer?.status).toBe(400)
    expectError(answer, 'h2c', 'invalid_input')
  })
})
