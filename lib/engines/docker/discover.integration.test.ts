import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'

const shared = inject('docker')
let runtimeDir: string

beforeAll(async () => void (runtimeDir = await mkdtemp(join(tmpdir(), 'portolan-runtime-'))))
afterAll(() => rm(runtimeDir, { recursive: true }))

it.skipIf('missing' in shared)('finds the engines of this machine, once each, and says what is wrong with one', async () => {
  const { socket } = shared as { socket: string }
  await symlink(socket, join(runtimeDir, 'docker.sock'))
  vi.stubEnv('XDG_RUNTIME_DIR', runtimeDir)
  vi.stubEnv('DOCKER_HOST', `unix://${socket}`)
  vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
  const { docker } = await import('./index.ts')
  const found = await docker.discover(AbortSignal.timeout(10_000))
  expect(found.filter(({ settings }) => settings['path'] === socket || String(settings['path']).startsWith(runtimeDir))).toEqual([
    expect.objectContaining({
      address: `unix://${socket}`,
      settings: { transport: 'socket', path: socket },
      probe: expect.objectContaining({ version: expect.stringMatching(/^\d/) as string }) as object,
    }),
  ])
})
