import { once as happened } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { refreshTokenGrant } from 'openid-client'
import { afterEach, expect, it, onTestFinished } from 'vitest'
import { once } from '../../once.ts'
import { readSettings } from '../../settings.ts'
import { provider } from './provider.ts'

const forget = () => {
  const kept = (globalThis as { [key: symbol]: Map<string, unknown> | undefined })[Symbol.for('portolan.once')]
  for (const name of ['settings', 'access.oidc']) kept?.delete(name)
}
afterEach(forget)

/** What is said of a provider that answers so. */
async function problemOf(answer: RequestListener): Promise<string | undefined> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await happened(server, 'listening')
  forget()
  once('settings', () =>
    readSettings({
      PORTOLAN_OIDC_ISSUER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      PORTOLAN_OIDC_CLIENT_ID: 'portolan',
      PORTOLAN_OIDC_CLIENT_SECRET: 'hunter2',
      PORTOLAN_OIDC_GROUPS: 'keepers=administrator',
      PORTOLAN_OIDC_TIMEOUT_MS: '500',
    }),
  )
  const failure: unknown = await provider().catch((error: unknown) => error)
  return (failure as { reason?: { code: string } }).reason?.code
}

const json: Record<string, string> = { 'content-type': 'application/json' }

it.each<[string, RequestListener, string]>([
  ['never answers', () => undefined, 'oidc_unreachable'],
  ['begins and never ends', (_, response) => void response.writeHead(200, json).write('{'), 'oidc_unreachable'],
  ['hangs up', (request) => request.socket.destroy(), 'oidc_unreachable'],
  ['fails', (_, response) => response.writeHead(502).end('<html>'), 'oidc_unreachable'],
  ['answers without an end', (_, response) => response.writeHead(200, json).end(Buffer.alloc(2 * 1024 * 1024, ' ')), 'oidc_unreachable'],
  ['is a web site', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'oidc_failed'],
  ['leads elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'oidc_failed'],
  ['is another issuer', (_, response) => response.writeHead(200, json).end('{"issuer":"https://sso.example.org"}'), 'oidc_failed'],
])('a provider that %s', async (_, answer, problem) => expect(await problemOf(answer)).toBe(problem))

it('of a crowd that asks at once the provider sees one', async () => {
  let asked = 0
  const answer: RequestListener = (_, response) => {
    asked++
    response.writeHead(502).end()
  }
  await problemOf(answer)
  const kept = once('access.oidc', () => ({ asked: null as unknown }))
  kept.asked = null
  const crowd = await Promise.allSettled([provider(), provider(), provider(5_000)])
  expect(crowd.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(asked).toBe(2)
})

it('one that was silent when a token was refreshed is asked for itself before anybody is sent there', async () => {
  let issuer = ''
  let isGone = false
  await problemOf((request, response) => {
    if (isGone) return request.socket.destroy()
    issuer = `http://${request.headers.host}`
    response.writeHead(200, json).end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token` }))
  })
  const config = await provider()
  isGone = true
  await expect(refreshTokenGrant(config, 'any')).rejects.toThrow()
  once('access.oidc', () => ({ at: 0 })).at -= 2_000
  expect(await provider(), 'for who has been there').toBe(config)
  await expect(provider(5_000)).rejects.toMatchObject({ reason: { code: 'oidc_unreachable' } })
})
