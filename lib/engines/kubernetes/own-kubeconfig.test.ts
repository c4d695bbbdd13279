import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'

const folder = mkdtempSync(join(tmpdir(), 'portolan-kubeconfig-'))
const file = join(folder, 'config')
vi.stubEnv('PORTOLAN_KUBECONFIG', file)
const { contextNamed, ownContexts } = await import('./own-kubeconfig.ts')
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
