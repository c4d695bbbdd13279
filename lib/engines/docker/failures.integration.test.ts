import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import http, { type RequestListener } from 'node:http'
import https from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { makeAuthority, type Authority } from '../../../e2e/engines/certificates.ts'
import { startDocker, type TestDocker } from '../../../e2e/engines/docker/start.ts'
import type { AppError } from '../../errors/index.ts'
import type { ConnectionSettings } from '../engine.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '500')
const { docker: engine } = await import('./index.ts')
const { sealSecrets } = await import('../../access/secrets.ts')

const missing = inject('docker')
const soon = () => AbortSignal.timeout(10_000)

/** Why a probe fails; nothing when it does not. */
async function whyNot(settings: ConnectionSettings, secrets: Record<string, string> | null = null): Promise<Partial<AppError>> {
  const connection = engine.connect(settings, secrets && sealSecrets(secrets))
  try {
    await connection.probe(soon())
    return {}
  } catch (failure) {
    return failure as AppError
  } finally {
    connection.close()
  }
}

/** The same in short: code of the error and of its reason. */
async function failureOf(settings: ConnectionSettings, secrets: Record<string, string> | null = null): Promise<string> {
  const { code, reason } = await whyNot(settings, secrets)
  return code ? `${code} ${reason?.code}` : 'none'
}

const open: Server[] = []
async function listen(server: Server): Promise<number> {
  open.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
const serve = (listener: RequestListener) => listen(http.createServer(listener))
const tcp = (port: number) => ({ transport: 'tcp', host: '127.0.0.1', port })
const tls = (port: number, rest: object = {}) => ({ transport: 'tls', host: 'localhost', port, ...rest })

let directory: string
let authority: Authority
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'portolan-certificates-'))
  authority = await makeAuthority(directory, 'authority')
})
afterAll(async () => {
  for (const server of open) server.close()
  await rm(directory, { recursive: true })
})

describe('a connection that fails says exactly why', () => {
  it('on a socket', async () => {
    const plain = join(directory, 'plain')
    await writeFile(plain, '')
    const left = join(directory, 'left.sock')
    spawnSync('node_modules/.bin/node', [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(left)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ])
    expect(await failureOf({ transport: 'socket', path: join(directory, 'none.sock') })).toBe('engine_unreachable socket-missing')
    expect(await failureOf({ transport: 'socket', path: left })).toBe('engine_unreachable socket-refused')
    expect(await failureOf({ transport: 'socket', path: plain })).toMatch(
      /^(invalid_input not-a-socket|engine_unreachable socket-refused)$/,
    )
  })

  it('on TCP', async () => {
    const closed = await listen(createServer())
    open.pop()!.close()
    expect(await failureOf({ transport: 'tcp', host: 'no-such-host.invalid', port: 2375 })).toBe('engine_unreachable name-not-found')
    expect(await failureOf(tcp(closed))).toBe('engine_unreachable connection-refused')
    expect(await failureOf(tcp(await listen(createServer())))).toBe('engine_timeout no-answer-in-time')
    expect(await failureOf(tcp(await listen(createServer((socket) => socket.end('220 mail ready\r\n')))))).toBe('engine_failed not-http')
  })

  it('when something else answers', async () => {
    const html: RequestListener = (_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Wiki</title>')
    const json: RequestListener = (_, response) => response.end('{"major":"1","minor":"36"}')
    const nothing: RequestListener = (_, response) => response.writeHead(404).end('<h1>Not found</h1>')
    const old: RequestListener = (_, response) => response.end('{"Version":"18.09.1","ApiVersion":"1.39","MinAPIVersion":"1.12"}')
    expect(await failureOf(tcp(await serve(html)))).toBe('engine_failed not-docker-html')
    expect(await failureOf(tcp(await serve(json)))).toBe('engine_failed not-docker-json')
    expect(await failureOf(tcp(await serve(nothing)))).toBe('engine_failed not-docker-other')
    expect(await failureOf(tcp(await serve(old)))).toBe('unsupported api-too-old')
  })

  it("and tells no word of an answer that may be anybody's", async () => {
    const secret = 'the-internal-word'
    for (const [status, body] of [
      [403, `{"message":"${secret}"}`],
      [500, secret],
      [302, secret],
      [404, secret],
      [200, secret],
      [200, `{"Version":"${secret}"}`],
    ] as const) {
      // prettier-ignore
      const internal = await serve((_, response) => response.writeHead(status, { 'content-type': 'text/plain' }).end(body))
      const told = await whyNot(tcp(internal))
      expect(JSON.stringify([told.message, told.reason, told.details]), `${status} ${body}`).not.toContain(secret)
    }
    const refusing = await whyNot(tcp(await serve((_, response) => response.writeHead(403, { 'content-type': 'text/plain' }).end(secret))))
    expect(refusing).toMatchObject({ code: 'engine_denied', reason: { params: { answered: '403 Forbidden, text/plain' } } })
  })

  it('and gives the words of what says that it is Docker', async () => {
    const docker: RequestListener = (_, response) => response.writeHead(403, { 'api-version': '1.44' }).end('{"message":"go away"}')
    expect(await whyNot(tcp(await serve(docker)))).toMatchObject({ reason: { code: 'engine-refused', words: 'go away' } })
  })

  it('on TLS', async () => {
    const secure = async (name: string, altNames: string[], expired = false) => {
      const { certificate: cert, key } = await authority.issue(name, { altNames, expired, usage: 'serverAuth' })
      return listen(https.createServer({ cert, key }, (_, response) => response.end('{}')))
    }
    const ca = { ca: authority.certificate }
    const good = await secure('good', ['DNS:localhost'])
    expect(await failureOf(tls(await secure('other', ['DNS:build-01.example.org'])), ca)).toBe('engine_denied certificate-other-name')
    expect(await failureOf(tls(await secure('old', ['DNS:localhost'], true)), ca)).toBe('engine_denied certificate-expired')
    expect(await failureOf(tls(good))).toBe('engine_denied certificate-unknown-authority')
    expect(await failureOf(tls(good), ca)).toBe('engine_failed not-docker-json')
    expect(await failureOf(tls(good, { host: '127.0.0.1', serverName: 'localhost' }), ca)).toBe('engine_failed not-docker-json')
    expect(await failureOf(tls(await serve((_, response) => response.end('OK'))), ca)).toBe('engine_failed speaks-no-tls')
    const [one, two] = [await authority.issue('one', { usage: 'clientAuth' }), await authority.issue('two', { usage: 'clientAuth' })]
    expect(await failureOf(tls(good), { ...ca, certificate: one.certificate, key: two.key })).toBe('invalid_input certificate-key-mismatch')
    expect(
      await failureOf(tls(good), { ...ca, certificate: '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----', key: one.key }),
    ).toBe('invalid_input certificate-unreadable')
  })
})

describe.skipIf('missing' in missing)('a real Docker behind TLS', () => {
  let dockerd: TestDocker
  beforeAll(async () => void (dockerd = await startDocker({ tls: true, name: 'dockerd with TLS' })))
  afterAll(async () => dockerd?.stop())

  it('answers who has the right certificate and tells others what is missing', async () => {
    const { tcp: place, certificates } = dockerd
    const settings = { transport: 'tls', ...place! }
    const stranger = await authority.issue('stranger', { usage: 'clientAuth' })
    expect(await failureOf(settings, { ...certificates! })).toBe('none')
    expect(await failureOf(settings)).toBe('engine_denied certificate-unknown-authority')
    expect(await failureOf(settings, { ca: certificates!.ca })).toBe('engine_denied client-certificate-required')
    expect(await failureOf(settings, { ca: certificates!.ca, certificate: stranger.certificate, key: stranger.key })).toBe(
      'engine_denied client-certificate-refused',
    )
    expect(await failureOf({ transport: 'tcp', ...place! })).toBe('engine_failed asks-for-tls')
  })

  it('tells somebody without the right to open the socket what to do', async () => {
    await chmod(dockerd.socket, 0o600)
    // As nobody: what the test itself may do is no measure.
    const script = `
      process.setgroups([65534]); process.setgid(65534); process.setuid(65534)
      const { docker } = await import('./lib/engines/docker/index.ts')
      const error = await docker.connect({ transport: 'socket', path: ${JSON.stringify(dockerd.socket)} }, null).probe(AbortSignal.timeout(5000)).catch((e) => e)
      console.log(JSON.stringify({ code: error.code, reason: error.reason }))`
    const { stdout } = spawnSync('node_modules/.bin/node', ['--input-type=module', '--eval', script], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual({
      code: 'engine_denied',
      reason: { code: 'socket-permission', params: { path: dockerd.socket, user: 'nobody' } },
    })
  })
})
