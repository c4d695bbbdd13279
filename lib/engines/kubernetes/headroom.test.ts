import type { ServerResponse } from 'node:http'
import { expect, it, vi } from 'vitest'
import { fakeApi, refuse, type Answers } from './fake-api.ts'
import { measureHeadroom } from './headroom.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

async function measure(answers: Answers) {
  const { api, close } = await fakeApi(answers)
  const headroom = await measureHeadroom(api.http, AbortSignal.timeout(5_000), () => new Date(0))
  close()
  return headroom
}
const nodes = {
  items: [{ status: { allocatable: { cpu: '3920m', memory: '7Gi' } } }, { status: { allocatable: { cpu: '2', memory: '1Gi' } } }],
}
const usage = { items: [{ usage: { cpu: '1500000000n', memory: '512Mi' } }, { usage: { cpu: '500m', memory: '512Mi' } }] }

it('adds up what nodes have for pods, and what of it is in use', async () => {
  expect(await measure({ '/api/v1/nodes': nodes, '/apis/metrics.k8s.io/v1beta1/nodes': usage })).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    cores: 5.92,
    usedCores: 2,
    memoryBytes: 8 * 2 ** 30,
    usedMemoryBytes: 2 ** 30,
    disk: null,
  })
})

it('leaves out what may not be read, and metrics that nobody serves', async () => {
  const nothing = { at: '1970-01-01T00:00:00.000Z', cores: null, usedCores: null, memoryBytes: null, usedMemoryBytes: null, disk: null }
  const forbidden = ({ response }: { response: ServerResponse }) => refuse(response, 403, 'no')
  const unavailable = ({ response }: { response: ServerResponse }) => refuse(response, 503, 'the server is currently unable')
  expect(await measure({ '/api/v1/nodes': forbidden, '/apis/metrics.k8s.io/v1beta1/nodes': unavailable })).toEqual(nothing)
  expect(await measure({ '/api/v1/nodes': nodes })).toMatchObject({ cores: 5.92, usedCores: null })
})
