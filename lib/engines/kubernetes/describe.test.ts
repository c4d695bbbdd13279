import { expect, it, vi } from 'vitest'
import { describe as describeObject } from './describe.ts'
import { configmap } from './fake-api.ts'
import { kinds } from './kinds/index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

const kindOf = (name: string) => kinds.find((kind) => kind.name === `kubernetes/${name}`)!
const configmaps = kindOf('configmaps')
const canary = 'canary-77aa'

it('tells the same of an object in a list and in a watch', () => {
  const watched = configmap('a', '3', { data: { x: '1' } })
  const { metadata, data } = watched as typeof watched & { data: unknown }
  expect(describeObject(configmaps, 'v1', { metadata, data })).toEqual(describeObject(configmaps, 'v1', watched))
})

it('leaves out who manages which field, and copies of what was applied', () => {
  const { metadata, ...others } = configmap('a', '3')
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': canary, team: 'harbour' }
  const { document } = describeObject(configmaps, 'v1', {
    ...others,
    metadata: { ...metadata, annotations, managedFields: [{ manager: 'x' }] },
  })!
  expect(document['metadata']).toEqual({ ...metadata, annotations: { team: 'harbour' } })
})

it('tells how large a value is, and hides it', () => {
  const told = describeObject(configmaps, 'v1', configmap('a', '3', { data: { password: canary, 'app.conf': `token=${canary}` } }))!
  expect(told.summary.facts).toMatchObject({ keys: 2, bytes: 2 * canary.length + 'token='.length })
  expect(JSON.stringify(told)).not.toContain(canary)
})

it('hides no number of secrets that there may be', () => {
  const { metadata } = configmap('a', '3')
  const quota = { metadata, status: { hard: { secrets: '10', 'count/secrets': '10' }, used: { secrets: '10', 'count/secrets': '3' } } }
  expect(describeObject(kindOf('resourcequotas'), 'v1', quota)!.summary).toMatchObject({
    state: { code: 'at-limit' },
    facts: { requestQuotas: ['count/secrets: 3/10', 'secrets: 10/10'] },
  })
})

it('hides values of environments and of secrets, and no name of one', () => {
  const { metadata } = configmap('a', '3')
  const env = [
    { name: 'A', value: canary },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
  ]
  const spec = { containers: [{ name: 'main', env, args: ['--token', canary] }], volumes: [{ name: 'v', secret: { secretName: 'db' } }] }
  const pod = describeObject(kindOf('pods'), 'v1', { metadata: { ...metadata, labels: { 'secret-of': 'success' } }, spec })!
  expect(JSON.stringify(pod)).not.toContain(canary)
  const hidden = expect.stringMatching(/^•[0-9a-f]+$/) as string
  expect(pod.document['spec']).toEqual({
    containers: [{ name: 'main', env: [{ name: 'A', value: hidden }, env[1]], args: ['--token', hidden] }],
    volumes: spec.volumes,
  })
  expect(pod.summary.labels).toEqual({ 'secret-of': 'success' })

  const data = { user: Buffer.from(canary).toString('base64'), empty: '' }
  const secret = describeObject(kindOf('secrets'), 'v1', { metadata, type: 'Opaque', data, stringData: { other: canary } })!
  expect(secret.document).toMatchObject({ data: { user: hidden, empty: hidden }, stringData: { other: hidden } })
  expect(JSON.stringify(secret)).not.toContain(data.user)
})

it('of what cannot be understood tells that it is there, and of what has no identity nothing', () => {
  let deep: unknown = 'bottom'
  for (let n = 0; n < 50_000; n++) deep = [deep]
  const odd = describeObject(configmaps, 'v1', configmap('odd', '3', { data: deep }))!
  expect(odd.summary).toMatchObject({
    key: 'shop/odd',
    uid: 'uid-odd',
    health: 'unknown',
    state: { code: 'unknown-state' },
    reason: { code: 'object-misshapen' },
  })
  for (const nothing of [null, 'x', [], {}, { metadata: {} }, { metadata: { name: 1, uid: 'x' } }])
    expect(describeObject(configmaps, 'v1', nothing)).toBeNull()
})

it('a configmap of a megabyte is told whole in figures and cut in its document', () => {
  const { summary, document } = describeObject(configmaps, 'v1', configmap('big', '3', { data: { x: 'x'.repeat(2 ** 20) } }))!
  expect(summary.facts['bytes']).toBe(2 ** 20)
  expect(JSON.stringify(document).length).toBeLessThan(50_000)
})
