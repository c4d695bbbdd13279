import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'

const folder = mkdtempSync(join(tmpdir(), 'portolan-kubeconfig-'))
const file = join(folder, 'config')
vi.stubEnv('PORTOLAN_KUBECONFIG', file)
vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
const { contextNamed, ownContexts } = await import('./own-kubeconfig.ts')
const { discoverKubernetes } = await import('./discover.ts')
afterAll(() => rmSync(folder, { recursive: true }))

const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

it('the file that the operator named may name files beside it; it still runs nothing, and is read each time', () => {
  expect(() => ownContexts()).toThrow(expect.objectContaining({ reason: { code: 'own-kubeconfig-unreadable', params: { path: file } } }))
  writeFileSync(join(folder, 'ca.crt'), ca)
  writeFileSync(join(folder, 'ann.token'), 'token-of-ann\n')
  const written = (token: string) =>
    stringify({
      clusters: [{ name: 'prod', cluster: { server: 'https://10.0.0.5:6443', 'certificate-authority': 'ca.crt' } }],
      users: [
        { name: 'ann', user: { tokenFile: token } },
        { name: 'eks', user: { exec: { command: 'aws' } } },
      ],
      contexts: ['ann', 'eks'].map((user) => ({ name: user, context: { cluster: 'prod', user } })),
    })
  writeFileSync(file, written('ann.token'))
  expect(contextNamed('ann')).toMatchObject({
    settings: { auth: 'token', server: 'https://10.0.0.5:6443' },
    secrets: { token: 'token-of-ann', ca },
  })
  expect(() => contextNamed('eks')).toThrow(
    expect.objectContaining({ code: 'invalid_input', reason: expect.objectContaining({ code: 'kubeconfig-exec' }) as unknown }),
  )
  expect(() => contextNamed('nobody')).toThrow(
    expect.objectContaining({ reason: expect.objectContaining({ code: 'own-kubeconfig-lacks' }) as unknown }),
  )
  writeFileSync(file, written('gone.token'))
  expect(() => contextNamed('ann')).toThrow(
    expect.objectContaining({ reason: expect.objectContaining({ code: 'kubeconfig-file' }) as unknown }),
  )
})

it('its contexts are offered with what answers there, or why nothing does', async () => {
  const server = 'https://127.0.0.1:1'
  const contexts = ['ann', 'eks'].map((user) => ({ name: user, context: { cluster: 'prod', user } }))
  const users = [
    { name: 'ann', user: { token: 'token-of-ann' } },
    { name: 'eks', user: { exec: { command: 'aws' } } },
  ]
  writeFileSync(file, stringify({ clusters: [{ name: 'prod', cluster: { server } }], users, contexts }))
  const found = await discoverKubernetes(AbortSignal.timeout(5_000))
  expect(JSON.stringify(found)).not.toContain('token-of-ann')
  const failing = (code: string) => ({ error: { reason: { code } } })
  expect(found).toMatchObject([
    { name: 'ann', address: server, settings: { auth: 'kubeconfig', context: 'ann', server }, probe: failing('connection-refused') },
    { name: 'eks', address: server, probe: failing('kubeconfig-exec') },
  ])
  writeFileSync(file, 'Dear cluster')
  expect(await discoverKubernetes(AbortSignal.timeout(5_000))).toMatchObject([{ address: file, probe: failing('kubeconfig-other') }])
})
