import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubernetesApi } from './api.ts'
import { KubernetesHttp } from './http.ts'

type Asked = { query: URLSearchParams; request: IncomingMessage; response: ServerResponse }
/** What answers a path: JSON, or whatever the function does with the response or answers itself. */
export type Answers = Record<string, unknown>

export const configmap = (name: string, resourceVersion: string, more: Record<string, unknown> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, resourceVersion },
  ...more,
})
export const listOf = (items: unknown[], resourceVersion: string, more: Record<string, unknown> = {}, kind = 'ConfigMapList') => ({
  kind,
  apiVersion: 'v1',
  metadata: { resourceVersion, ...more },
  items,
})
export const status = (code: number, message: string, more: Record<string, unknown> = {}) => ({
  kind: 'Status',
  status: 'Failure',
  code,
  message,
  ...more,
})

export const refuse = (
  response: ServerResponse,
  code: number,
  message: string,
  headers: Record<string, string> = {},
  more: Record<string, unknown> = {},
) => void response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(status(code, message, more)))

/** Begins a watch; the answer writes its lines. */
export function lines(response: ServerResponse): (type: string, object: unknown) => void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  return (type, object) => void response.write(`${JSON.stringify({ type, object })}\n`)
}

const resource = (name: string, kind: string, scope: string) => ({
  resource: name,
  responseKind: { kind },
  scope,
  verbs: ['list', 'watch', 'get'],
})
const discovery = (items: unknown[]) => ({ kind: 'APIGroupDiscoveryList', items })

/** For tests of what no real cluster does on demand: a server that answers like Kubernetes, as slowly and oddly as one likes. */
export async function fakeApi(answers: Answers): Promise<{ api: KubernetesApi; asked: string[]; close(): void }> {
  const usual: Answers = {
    '/version': { major: '1', minor: '36', gitVersion: 'v1.36.3' },
    '/api': discovery([
      {
        metadata: {},
        versions: [
          { version: 'v1', resources: [resource('configmaps', 'ConfigMap', 'Namespaced'), resource('events', 'Event', 'Namespaced')] },
        ],
      },
    ]),
    '/apis': discovery([]),
  }
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://fake')
    asked.push(`${request.method} ${request.url}`)
    const answer = { ...usual, ...answers }[pathname]
    if (answer === undefined) refuse(response, 404, 'the server could not find the requested resource')
    else if (typeof answer === 'function') (answer as (asked: Asked) => unknown)({ query, request, response })
    else response.end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const http = new KubernetesHttp({ auth: 'token', server: address, insecureSkipTlsVerify: false }, { token: 'token-of-ann' }, 10_000)
  return {
    api: new KubernetesApi(http, () => Date.now()),
    asked,
    close() {
      http.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
