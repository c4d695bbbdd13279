import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it, vi } from 'vitest'
import { act, sent } from './act.ts'
import { configmap, fakeApi } from './fake-api.ts'
import { configmaps } from './kinds/configmaps.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

const served = { group: 'apps', version: 'v1', resource: 'deployments', manifestKind: 'Deployment', namespaced: true, verbs: [] }
const object = { metadata: { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '7' } }
const own = '/apis/apps/v1/namespaces/shop/deployments/web'

it('each call carries the uid of whom it means', () => {
  expect(sent({ method: 'DELETE', body: { propagationPolicy: 'Orphan' } }, object, served)).toEqual({
    method: 'DELETE',
    path: own,
    body: { propagationPolicy: 'Orphan', preconditions: { uid: 'u1' } },
  })
  expect(sent({ method: 'PATCH', subresource: 'scale', body: { spec: { replicas: 2 } } }, object, served)).toEqual({
    method: 'PATCH',
    path: `${own}/scale`,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: { spec: { replicas: 2 }, metadata: { uid: 'u1' } },
  })
  expect(sent({ method: 'PATCH', body: { metadata: { labels: { a: 'b' } } }, patch: 'strategic' }, object, served).body).toEqual({
    metadata: { labels: { a: 'b' }, uid: 'u1' },
  })
  const test = { op: 'test', path: '/metadata/uid', value: 'u1' }
  expect(sent({ method: 'PATCH', body: [{ op: 'remove', path: '/x' }], patch: 'json' }, object, served).body).toEqual([
    test,
    { op: 'remove', path: '/x' },
  ])
})

it('what a key holds cannot lead to another path', async () => {
  const { api, asked, close } = await fakeApi({})
  for (const key of ['shop/../../secrets', 'shop/..', '../secrets', 'shop', 'shop/', '/a', 'shop/a/scale'])
    await expect(api.read(configmaps, key, AbortSignal.timeout(5_000))).rejects.toMatchObject({ code: 'not_found' })
  await expect(api.read(configmaps, 'shop/%2f?x#y', AbortSignal.timeout(5_000))).rejects.toMatchObject({ code: 'not_found' })
  expect(asked.filter((one) => one.includes('configmaps'))).toEqual(['GET /api/v1/namespaces/shop/configmaps/%252f%3Fx%23y'])
  close()
})

it('sends nothing for another life', async () => {
  const methods: (string | undefined)[] = []
  const answer = ({ request, response }: { request: IncomingMessage; response: ServerResponse }) => {
    methods.push(request.method)
    response.end(JSON.stringify(configmap('a', '7')))
  }
  const { api, close } = await fakeApi({ '/api/v1/namespaces/shop/configmaps/a': answer })
  const remove = (uid: string) =>
    act(api, configmaps, { key: 'shop/a', uid, action: 'remove', input: {} }, () => undefined, AbortSignal.timeout(5_000))
  await expect(remove('another')).rejects.toMatchObject({ code: 'conflict', reason: { code: 'another-life' } })
  expect(methods).toEqual(['GET'])
  await remove('uid-a')
  expect(methods).toEqual(['GET', 'GET', 'DELETE'])
  close()
})
