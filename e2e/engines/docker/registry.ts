import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

const digestOf = (content: Buffer) => `sha256:${createHash('sha256').update(content).digest('hex')}`
const json = (value: object) => Buffer.from(JSON.stringify(value))
const docker = 'application/vnd.docker'

/** A registry with one image in it, for what only a pulled image can show. Engines trust loopback without TLS. */
export async function startRegistry(): Promise<{ image: string; stop(): void }> {
  const archive = Buffer.alloc(1024) // A tar without files.
  const layer = gzipSync(archive)
  const rootfs = { type: 'layers', diff_ids: [digestOf(archive)] }
  const config = json({ architecture: 'amd64', os: 'linux', config: { Cmd: ['sh'] }, rootfs, history: [{ created_by: 'a test' }] })
  const described = (mediaType: string, content: Buffer) => ({ mediaType, size: content.length, digest: digestOf(content) })
  const type = `${docker}.distribution.manifest.v2+json`
  const manifest = json({
    schemaVersion: 2,
    mediaType: type,
    config: described(`${docker}.container.image.v1+json`, config),
    layers: [described(`${docker}.image.rootfs.diff.tar.gzip`, layer)],
  })
  const contents = new Map([layer, config, manifest].map((content) => [digestOf(content), content]))
  const server = createServer(({ url = '', method }, response) => {
    const content = url === '/v2/' ? json({}) : url.endsWith('/manifests/1') ? manifest : contents.get(url.split('/').at(-1)!)
    if (!content) return response.writeHead(404).end('{}')
    const headers = { 'content-type': content === manifest ? type : 'application/octet-stream', 'content-length': content.length }
    response.writeHead(200, { ...headers, 'docker-content-digest': digestOf(content) }).end(method === 'HEAD' ? undefined : content)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { image: `127.0.0.1:${(server.address() as AddressInfo).port}/pulled:1`, stop: () => server.close() }
}
