import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { DockerHttp } from './http.ts'

let server: Server
let http: DockerHttp
afterEach(() => {
  http.close()
  server.closeAllConnections()
  server.close()
})

/** An engine that takes every request and never answers. */
async function silent(): Promise<DockerHttp> {
  server = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(server, 'listening')
  http = new DockerHttp({ transport: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port }, {}, 60_000)
  return http
}

const timeout = { code: 'engine_timeout', reason: { code: 'no-answer-in-time' } }

it("an engine that is silent past the caller's own limit timed out, in words", async () => {
  const engine = await silent()
  await expect(engine.text({ path: '/x', signal: AbortSignal.timeout(20) })).rejects.toMatchObject(timeout)
  await expect(engine.stream({ path: '/x', signal: AbortSignal.timeout(20) })).rejects.toMatchObject(timeout)
  const within = AbortSignal.any([new AbortController().signal, AbortSignal.timeout(20)])
  await expect(engine.text({ path: '/x', signal: within })).rejects.toMatchObject(timeout)
})

it('what the caller gives up is no failure of the engine', async () => {
  const engine = await silent()
  const giveUp = new AbortController()
  const asked = engine.text({ path: '/x', signal: giveUp.signal })
  giveUp.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})
