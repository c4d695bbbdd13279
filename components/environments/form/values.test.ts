import { expect, test } from 'vitest'
import type { Environment } from '#lib/model/environment.ts'
import { formSchema, updateRequest, valuesOf } from './values.ts'

const environment: Environment = {
  id: '1',
  name: 'build-01',
  engine: 'docker',
  stage: 'dev',
  flag: { hue: 'teal', pattern: 'quarters', code: 'BLD' },
  description: '',
  protected: false,
  address: 'tls://build-01:2376',
  state: 'stale',
  stateSince: '2026-11-21T10:00:00.000Z',
  lastContactAt: null,
  engineVersion: null,
  error: null,
  counts: {},
}
const before = valuesOf('docker', {
  environment,
  connection: { settings: { transport: 'tls', host: 'build-01', port: 2376 }, secrets: ['key'] },
})

test('a change of name alone asks nothing of the engine', () => {
  expect(updateRequest('docker', before, { ...before, name: 'build-02' })).toEqual({ name: 'build-02' })
})

test('another way to it is sent whole, without the secrets that stay', () => {
  const after = { ...before, connection: { ...before.connection, host: 'build-02' } }
  expect(updateRequest('docker', before, after)).toEqual({ settings: { transport: 'tls', host: 'build-02', port: 2376 }, secrets: {} })
})

test('a protected environment asks for a reason', () => {
  expect(
    formSchema('docker', true)
      .safeParse(before)
      .error?.issues.map(({ path }) => path.join('.')),
  ).toEqual(['why'])
  expect(formSchema('docker', false).safeParse(before).success).toBe(true)
})
