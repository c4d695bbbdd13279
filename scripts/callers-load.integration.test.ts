import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { mostConnections } from '../lib/http/connections.ts'
import { addresses, admin, expectError, givenCallers, isLeft, isServed, state, web } from './fixtures/callers.ts'
import { closed } from './fixtures/web.ts'

givenCallers()

describe('more than is taken', () => {
  const megabyte = 1024 * 1024
  const json = { 'Content-Type': 'application/json' }

  it('of headers is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`X-${n}`, '1']))
    const answers = [
      await web.ask('GET /api/health', many),
      await web.ask('GET /api/health', { 'X-Long': 'x'.repeat(64 * 1024) }),
      await web.ask(`GET /api/health?q=${'x'.repeat(64 * 1024)}`),
    ]
    for (const answer of answers) {
      expect(answer?.status).toBe(431)
      expectError(answer, 'headers', 'headers_too_large')
    }
    expect((await web.ask('GET /api/health', Object.fromEntries(Object.entries(many).slice(0, 80))))?.status).toBe(200)
  })

  it('of an address is refused before anybody takes it apart; the most that is taken is taken', { timeout: 60_000 }, async () => {
    const most = `?${'a=b&'.repeat(98)}q=${'x'.repeat(5_000)}&f=${'x:in:'.repeat(100)}`
    const refused = ['?' + 'a=b&'.repeat(5_000), `?q=${'x'.repeat(20_000)}`, '/..'.repeat(6_000)]
    for (const { path, name } of addresses.filter(({ method }) => method === 'GET')) {
      for (const more of refused) expectError(await web.ask(`GET ${path()}${more}`, admin), name, 'headers_too_large')
      expect((await web.ask(`GET ${path()}${most}`, admin))?.status, name).not.toBe(500)
    }
  })

  /** Sends a body of 100 MB for as long as it is taken, and answers what was answered first. */
  async function flood(headers: string, path: string, method: string): Promise<string> {
    const socket = web.connect()
    const ended = closed(socket)
    const answered = new Promise<string>((resolve) => {
      socket.once('data', (part: Buffer) => resolve(part.toString())).once('close', () => resolve(''))
    })
    const auth = `Authorization: ${admin.Authorization}\r\nContent-Type: application/json\r\n`
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${web.host}\r\n${auth}${headers}\r\n\r\n`)
    const chunk = 'x'.repeat(megabyte)
    const piece = headers.includes('chunked') ? `${megabyte.toString(16)}\r\n${chunk}\r\n` : chunk
    let left = 100
    const send = () => {
      while (left-- > 0 && socket.write(piece));
    }
    socket.on('drain', send)
    send()
    const text = await answered
    socket.destroy()
    await ended
    return text
  }

  it(
    'of a body is refused while it comes in, on every route that takes one: memory stays, others are served',
    { timeout: 120_000 },
    async () => {
      const before = await state()
      await isServed()
      const { peak } = web
      const taking = [
        ...addresses.filter(({ method }) => method !== 'GET').map(({ method, path }) => ({ method, path: path() })),
        { method: 'POST', path: '/api/auth/callback/credentials' },
        { method: 'POST', path: '/sign-in' },
      ]
      for (const headers of [`Content-Length: ${100 * megabyte}`, 'Transfer-Encoding: chunked'])
        await Promise.all([
          ...taking.map(async ({ method, path }) => {
            const text = await flood(headers, path, method)
            // A page takes no body whose length it does not know.
            const wanted = path === '/sign-in' && headers.includes('chunked') ? 400 : 413
            expect(text.slice(0, 12), `${method} ${path} ${headers}`).toBe(`HTTP/1.1 ${wanted}`)
          }),
          isServed(),
        ])
      // Fifty times 100 MB were on their way.
      expect((web.peak - peak) / megabyte, 'MB').toBeLessThan(500)
      await isLeft()
      expect(await state()).toEqual(before)
      await isServed()
    },
  )

  it('of nesting is refused, and what is no JSON', async () => {
    for (const body of [`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, '['.repeat(500_000)]) {
      const answer = await web.ask('PATCH /api/me', { ...admin, ...json }, body)
      expect(answer?.status).toBe(413)
      expectError(answer, 'deep', 'too_large')
    }
    expect((await web.ask('PATCH /api/me', { ...admin, 'Content-Type': 'text/xml' }, '<a/>'))?.status).toBe(415)
  })

  it('is told before it is sent to who asks before', async () => {
    const answer = await web.ask('PATCH /api/me', { ...admin, ...json, Expect: '100-continue', 'Content-Length': String(100 * megabyte) })
    expect(answer?.status).toBe(413)
    expect((await web.ask('PATCH /api/me', { ...admin, ...json, Expect: '100-continue' }, '{}'))?.status).toBe(100)
  })

  it(
    'of connections by one address is refused in words: others are served, and so is it when it has less',
    { timeout: 60_000 },
    async () => {
      const from = '127.0.0.9'
      const status = async () => (await web.ask('GET /api/health', {}, '', from))?.status
      // Answered, and kept open for the next request.
      const held = Array.from({ length: mostConnections }, () => web.connect(from))
      const answered = held.map((socket) => once(socket, 'data'))
      for (const socket of held) socket.write(`GET /api/nothing HTTP/1.1\r\nHost: ${web.host}\r\n\r\n`)
      // Who asked for one more before these are all there would take the place of one of them.
      await Promise.all(answered)
      expect(await status()).toBe(429)
      await isServed()
      for (const socket of held) socket.destroy()
      await isLeft()
      expect(await status()).toBe(200)
    },
  )
})

describe('who is slow', () => {
  const patch = () =>
    `PATCH /api/me HTTP/1.1\r\nHost: ${web.host}\r\nContent-Type: application/json\r\nAuthorization: ${admin.Authorization}\r\n`
  const ways: [string, () => string][] = [
    ['says nothing', () => ''],
    ['never ends its headers', () => 'GET /api/health HTTP/1.1\r\nX-A: b\r\n'],
    ['never ends its body', () => `${patch()}Content-Length: 1000\r\n\r\n{"name":`],
    ['never ends its chunks', () => `${patch()}Transfer-Encoding: chunked\r\n\r\n5\r\n{"nam`],
    ['never ends what a page does not read', () => `POST /sign-in HTTP/1.1\r\nHost: ${web.host}\r\nContent-Length: 1000\r\n\r\n{"name":`],
  ]

  it('is told so and cut, two thousand at once: others are served meanwhile, and nothing is left', { timeout: 120_000 }, async () => {
    const done = new AbortController()
    const slow = ways.flatMap(([about, bytes], n) =>
      Array.from({ length: 400 }, async () => `${about}: ${(await web.say(bytes(), `127.0.1.${n + 1}`))?.status}`),
    )
    const answers = Promise.all(slow).finally(() => done.abort())
    const took: number[] = []
    while (!done.signal.aborted) {
      const since = performance.now()
      await isServed()
      took.push(performance.now() - since)
    }
    const at = (part: number) => Math.round(took.toSorted((a, b) => a - b)[Math.floor(part * took.length)]!)
    console.log(`beside ${slow.length} slow callers: ${took.length} answers, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
    expect([...new Set(await answers)].toSorted()).toEqual(ways.map(([about]) => `${about}: 408`).toSorted())
    await isLeft()
    await isServed()
  })
})
