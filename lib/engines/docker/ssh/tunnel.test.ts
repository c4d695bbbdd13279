import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import ssh2, { type ServerChannel } from 'ssh2'
import { afterEach, expect, it } from 'vitest'
import { DockerSettings, type SshSettings } from '../address.ts'
import { SshTunnel } from './tunnel.ts'

const { generateKeyPairSync } = ssh2.utils
const hostKey = generateKeyPairSync('ed25519').private
const sshKey = generateKeyPairSync('ed25519').private
const mebibyte = Buffer.alloc(2 ** 20)
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A tunnel to a server that lets anybody in and does this with each stream. */
async function tunnelTo(serve: (channel: ServerChannel) => void): Promise<SshTunnel> {
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (peer) => {
    peer.on('error', () => undefined)
    peer.on('authentication', (attempt) => attempt.accept())
    peer.on('openssh.streamlocal', (accept) => serve(accept()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const settings = DockerSettings.parse({
    transport: 'ssh',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    user: 'somebody',
  })
  const tunnel = new SshTunnel(settings as SshSettings, { sshKey }, 10_000)
  closing.push(() => {
    tunnel.close()
    server.close()
  })
  return tunnel
}

it('carries what is written before it is open, and ends with the other end', async () => {
  const tunnel = await tunnelTo((channel) => channel.on('data', (chunk: Buffer) => channel.end(`heard ${chunk.toString()}`)))
  const stream = tunnel.open()
  stream.write('hello')
  stream.setEncoding('utf8')
  let heard = ''
  for await (const chunk of stream) heard += chunk as string
  expect(heard).toBe('heard hello')
  expect(stream.destroyed).toBe(true)
})

it('holds back who sends more than is read', async () => {
  let sent = 0
  const tunnel = await tunnelTo((channel) => {
    const send = () => {
      do sent++
      while (channel.write(mebibyte))
      channel.once('drain', send)
    }
    send()
  })
  const [slow, quick] = [tunnel.open(), tunnel.open()]
  slow.on('error', () => undefined).pause()
  // The other stream goes on, and shows that time enough went by for the first to be filled.
  let read = 0
  for await (const chunk of quick) if ((read += (chunk as Buffer).length) > 64 * 2 ** 20) break
  expect(slow.destroyed).toBe(false)
  expect(sent * mebibyte.length - read).toBeLessThan(32 * 2 ** 20)
})

it('breaks with who sends more than it was given leave to', async () => {
  const tunnel = await tunnelTo((channel) => {
    ;(channel as unknown as { outgoing: { window: number } }).outgoing.window = Number.MAX_SAFE_INTEGER
    // Of an odd length: ssh2 drops what comes when exactly nothing is left of its window.
    for (let sent = 0; sent < 32; sent++) channel.write(mebibyte.subarray(1))
  })
  const stream = tunnel.open()
  stream.pause()
  const [failure] = (await once(stream, 'error')) as [unknown]
  expect(failure).toMatchObject({ code: 'engine_unreachable', reason: { code: 'connection-broke' } })
})
