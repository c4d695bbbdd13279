import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { AppError } from '../../errors/index.ts'
import { EngineHttp } from './http.ts'

it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)('%s sends its body whole', async (method) => {
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += String(part)
    response.end(text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const failed = () => new AppError('engine_failed', 'It failed.')
  const target = { tls: false, options: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } }
  const http = new EngineHttp(target, { address: 'here', failed, refused: failed }, 1_000)
  onTestFinished(() => {
    http.close()
    server.closeAllConnections()
    server.close()
  })
  const body = { preconditions: { uid: 'é' } }
  const { text } = await http.text({ method, path: '/', body, signal: new AbortController().signal })
  expect(JSON.parse(text)).toEqual(body)
})
