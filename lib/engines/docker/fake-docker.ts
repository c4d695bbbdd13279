import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DockerApi } from './api.ts'
import { DockerHttp } from './http.ts'

/** What answers a path without its version: JSON, or whatever the function does with the response. */
export type Answers = Record<string, unknown>

/** For tests of what no real engine does on demand: a server that answers like Docker, as slowly and oddly as one likes. */
export async function fakeDocker(answers: Answers): Promise<{ api: DockerApi; close(): void }> {
  const usual: Answers = {
    '/version': { Version: '28.0.0', ApiVersion: '1.48', MinAPIVersion: '1.24' },
    '/info': { ID: 'fake', Name: 'fake' },
    '/_ping': 'OK',
    '/events': (response: ServerResponse) => response.flushHeaders(),
    '/containers/json': [],
    '/images/json': [],
    '/volumes': { Volumes: [] },
    '/networks': [],
  }
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0]?.replace(/^\/v1\.\d+/, '') ?? ''
    const answer = { ...usual, ...answers }[path]
    if (answer === undefined) response.writeHead(404).end('{"message":"no such thing"}')
    else if (typeof answer === 'function') (answer as (response: ServerResponse) => unknown)(response)
    else response.end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const http = new DockerHttp({ transport: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port }, {}, 10_000)
  return {
    api: new DockerApi(http),
    close() {
      http.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
