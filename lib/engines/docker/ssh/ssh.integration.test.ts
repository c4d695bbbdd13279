import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { missingForSsh, startSshd, type TestSshd } from '../../../../e2e/engines/ssh/start.ts'
import { Watch } from '../../../../e2e/engines/watch.ts'
import type { AppError } from '../../../errors/index.ts'
import type { Connection, ConnectionSettings } from '../../engine.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
// A passphrase costs a second of work, more on a busy machine.
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '8000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '300')
vi.stubEnv('SSH_AUTH_SOCK', '')

/** The settings of a process are read once, and an agent is one of them. */
async function load(agent = '') {
  vi.stubEnv('SSH_AUTH_SOCK', agent)
  vi.resetModules()
  delete (globalThis as Record<PropertyKey, unknown>)[Symbol.for('portolan.once')]
  const { docker } = await import('../index.ts')
  const { sealSecrets } = await import('../../../access/secrets.ts')
  return { engine: docker, sealSecrets }
}
let { engine, sealSecrets } = await load()

const docker = inject('docker')
const missing = missingForSsh() ?? ('missing' in docker ? docker.missing : null)
const soon = () => AbortSignal.timeout(20_000)

describe.skipIf(missing !== null)('Docker over SSH', () => {
  let sshd: TestSshd
  let directory: string
  const servers: Server[] = []
  const connections: Connection[] = []
  const socket = 'socket' in docker ? docker.socket : ''

  const settings = (more: object = {}): ConnectionSettings => ({
    transport: 'ssh',
    host: sshd.host,
    port: sshd.port,
    user: 'root',
    path: socket,
    ...more,
  })
  const open = (more: object = {}, secrets: Record<string, string> = { sshKey: sshd.key.privateKey }): Connection => {
    const connection = engine.connect(engine.connection.settings.parse(settings(more)), sealSecrets(secrets))
    connections.push(connection)
    return connection
  }
  const failure = (more: object = {}, secrets?: Record<string, string>): Promise<Partial<AppError>> =>
    open(more, secrets)
      .probe(soon())
      .then(
        () => ({}),
        (error: AppError) => error,
      )
  const failureOf = async (more: object = {}, secrets?: Record<string, string>): Promise<string> => {
    const { code, reason } = await failure(more, secrets)
    return code ? `${code} ${reason?.code}` : 'none'
  }

  beforeAll(async () => {
    sshd = await startSshd()
    directory = await mkdtemp(join(tmpdir(), 'portolan-ssh-'))
  })
  afterEach(() => {
    for (const connection of connections.splice(0)) connection.close()
  })
  afterAll(async () => {
    for (const server of servers) server.close()
    await sshd?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  it('answers by key, and says which key the host showed', async () => {
    const fingerprint = await sshd.fingerprint()
    const seen = await open().probe(soon())
    expect(seen.version).toMatch(/^\d+\./)
    expect(seen.hostKey).toEqual({ fingerprint, type: 'ssh-ed25519', pinned: false })
    expect((await open({ hostKey: fingerprint }).probe(soon())).hostKey).toEqual({ fingerprint, type: 'ssh-ed25519', pinned: true })
  })

  it.each(['rsa', 'ecdsa', 'ed25519'])('signs in with a key of %s', async (type) => {
    const { privateKey } = await sshd.makeKey(`type-${type}`, { type })
    expect(await failureOf({}, { sshKey: privateKey })).toBe('none')
  })

  it('opens a key that has a passphrase, and tells a wrong one from none', async () => {
    const { privateKey: sshKey } = await sshd.makeKey('locked', { passphrase: 'hunter2' })
    expect(await failureOf({}, { sshKey, passphrase: 'hunter2' })).toBe('none')
    expect(await failureOf({}, { sshKey })).toBe('invalid_input ssh-passphrase-needed')
    expect(await failureOf({}, { sshKey, passphrase: 'hunter3' })).toBe('invalid_input ssh-passphrase-wrong')
  })

  it('says what is wrong with a key', async () => {
    const stranger = await sshd.makeKey('stranger', { authorized: false })
    expect(await failure({}, { sshKey: stranger.privateKey })).toMatchObject({
      code: 'engine_denied',
      reason: { code: 'ssh-key-refused', params: { host: sshd.host, user: 'root' } },
    })
    expect(await failureOf({ user: 'nobody-has-this-name' })).toBe('engine_denied ssh-key-refused')
    expect(await failureOf({}, { sshKey: 'ssh-ed25519 AAAA' })).toBe('invalid_input ssh-key-unreadable')
    expect(await failureOf({}, { ca: '-----BEGIN CERTIFICATE-----' })).toBe('invalid_input ssh-key-missing')
  })

  it('never tells a word of the key or its passphrase', async () => {
    const { privateKey: sshKey } = await sshd.makeKey('canary', { passphrase: 'canary-7d1c' })
    const line = sshKey.split('\n')[2]!
    const broken = sshKey.replace(line, line.toLowerCase())
    const attempts: Record<string, string>[] = [
      { sshKey },
      { sshKey, passphrase: 'canary-7d1c-wrong' },
      { sshKey: broken, passphrase: 'canary-7d1c' },
    ]
    for (const secrets of attempts) {
      const { message, reason, details, cause } = await failure({}, secrets)
      const told = JSON.stringify([message, reason, details, String(cause), (cause as Error | undefined)?.stack])
      expect(told).toMatch(/passphrase|key/)
      for (const secret of ['canary-7d1c', line, line.toLowerCase()]) expect(told).not.toContain(secret)
    }
  })

  it('refuses a host that shows another key than the pinned one, and says both', async () => {
    const pinned = await sshd.fingerprint()
    await sshd.restart({ newHostKey: true })
    const shown = await sshd.fingerprint()
    expect(shown).not.toBe(pinned)
    expect(await failure({ hostKey: pinned })).toMatchObject({
      code: 'engine_denied',
      reason: { code: 'host-key-changed', params: { host: sshd.host, pinned, shown } },
    })
    expect(await failureOf({ hostKey: shown })).toBe('none')
  })

  it('says what is in the way on the other side', async () => {
    expect(await failureOf({ path: '/run/no-such.sock' })).toBe('engine_unreachable ssh-socket-not-opened')
    await chmod(socket, 0o600)
    expect(await failureOf({ user: 'nobody' })).toBe('engine_unreachable ssh-socket-not-opened')
    const other = createServer((_, response) => response.end('hello'))
    servers.push(other)
    other.listen(join(directory, 'other.sock'))
    await once(other, 'listening')
    expect(await failureOf({ path: join(directory, 'other.sock') })).toBe('engine_failed not-docker-other')
    await sshd.restart({ configuration: ['AllowStreamLocalForwarding no'] })
    expect(await failure()).toMatchObject({
      code: 'engine_unreachable',
      reason: { code: 'ssh-socket-not-opened', params: { host: sshd.host, user: 'root', path: socket } },
    })
    await sshd.restart()
    expect(await failureOf()).toBe('none')
  })

  it('says what is in the way before it', async () => {
    expect(await failureOf({ host: 'no-such-host.invalid' })).toBe('engine_unreachable name-not-found')
    const serve = async (answer: string | null) => {
      const server = createTcpServer((peer) => answer !== null && peer.end(answer)).listen(0, '127.0.0.1')
      await once(server, 'listening')
      servers.push(server as Server)
      return (server.address() as AddressInfo).port
    }
    const closed = await serve('')
    servers.pop()!.close()
    expect(await failureOf({ port: closed })).toBe('engine_unreachable connection-refused')
    expect(await failureOf({ port: await serve('HTTP/1.1 400 Bad Request\r\n\r\n') })).toBe('engine_failed speaks-no-ssh')
    expect(await failureOf({ port: await serve(null) })).toBe('engine_timeout no-answer-in-time')
  })

  it('does without what is weak', async () => {
    const weak = ['MACs hmac-sha1', 'Ciphers aes128-cbc', 'KexAlgorithms diffie-hellman-group14-sha1']
    for (const line of weak) {
      await sshd.restart({ configuration: [line, ...(line.startsWith('MACs') ? ['Ciphers aes128-ctr'] : [])] })
      expect(await failureOf(), line).toBe('engine_denied ssh-no-algorithm')
    }
    await sshd.restart()
  })

  it('breaks its streams when sshd is killed, and dials anew', async () => {
    const connection = open()
    const kinds = engine.kinds.map((kind) => kind.name)
    const watch = new Watch(connection, kinds)
    await watch.until(() => watch.complete.size > 3)
    await sshd.kill()
    expect(await watch.ended).toMatchObject({ code: 'engine_unreachable' })
    await expect(connection.probe(soon())).rejects.toMatchObject({ code: 'engine_unreachable', reason: { code: 'connection-refused' } })
    await sshd.restart()
    const again = new Watch(connection, kinds, watch.cursors)
    await again.until(() => again.complete.size > 3)
    await again.stop()
  })

  describe('with the keys of an agent', () => {
    const reload = async (agent: string) => void ({ engine, sealSecrets } = await load(agent))
    beforeEach(() => reload(''))
    afterAll(() => reload(''))

    it('signs in', async () => {
      await reload(await sshd.agent([sshd.key, await sshd.makeKey('rsa-of-agent', { type: 'rsa' })]))
      expect(await failureOf({ signIn: 'agent' }, { ca: '-----BEGIN CERTIFICATE-----' })).toBe('none')
    })

    it('says that there is none, that it is empty, and that none of them is accepted', async () => {
      const by = { signIn: 'agent' }
      expect(await failureOf(by)).toBe('invalid_input ssh-agent-missing')
      await reload(join(directory, 'no-agent.sock'))
      expect(await failureOf(by)).toBe('engine_denied ssh-agent-silent')
      await reload(await sshd.agent([]))
      expect(await failureOf(by)).toBe('engine_denied ssh-agent-empty')
      await reload(await sshd.agent([await sshd.makeKey('of-a-stranger', { authorized: false })]))
      expect(await failureOf(by)).toBe('engine_denied ssh-agent-refused')
    })
  })
})
