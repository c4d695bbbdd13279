import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isAppError } from '../errors/index.ts'
import { api } from './api.ts'

let server: Server | undefined
afterEach(() => server?.close())

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (isAppError(error) ? error : null),
  )

test('JSON goes there and back, with the key that makes it once', async () => {
  const url = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () =>
      response.end(JSON.stringify({ body: JSON.parse(body), key: request.headers['idempotency-key'], method: request.method })),
    )
  })
  expect(await api(url, { method: 'POST', body: { a: 1 }, idempotencyKey: 'k' })).toEqual({ body: { a: 1 }, key: 'k', method: 'POST' })
})

test('204 is nothing', async () => {
  const url = await serve((_, response) => response.writeHead(204).end())
  expect(await api(url, { method: 'DELETE' })).toBeUndefined()
})

test('an error of the wire is thrown as our own, reason and all', async () => {
  const error = { code: 'blocked', message: 'It runs.', reason: { code: 'already-running' }, requestId: 'r1' }
  const url = await serve((_, response) => response.writeHead(412).end(JSON.stringify({ error })))
  expect(await errorOf(api(url))).toMatchObject({ code: 'blocked', reason: { code: 'already-running' }, details: { requestId: 'r1' } })
})

test("a proxy's own page is an outage with its status", async () => {
  const url = await serve((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'))
  expect(await errorOf(api(url))).toMatchObject({ code: 'unavailable', reason: { code: 'portolan-answered', params: { status: 502 } } })
})

test('no network is an outage that says so; a request given up is none', async () => {
  const url = await serve(() => undefined)
  server!.closeAllConnections()
  await new Promise((resolve) => server!.close(resolve))
  expect(await errorOf(api(url))).toMatchObject({ code: 'unavailable', reason: { code: 'portolan-unreachable' } })
  const given = new AbortController()
  given.abort()
  await expect(api(url, { signal: given.signal })).rejects.toHaveProperty('name', 'AbortError')
})
