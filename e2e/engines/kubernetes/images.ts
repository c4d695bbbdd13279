import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeBusybox } from '../busybox.ts'

const run = promisify(execFile)

/** What every pod's sandbox runs: a program that waits. */
export const pauseImage = 'docker.io/portolan/pause:1'
/** All of them are one busybox; a pod runs what it says. */
const images = { [pauseImage]: ['sleep', '2147483647'], 'docker.io/portolan/busybox:1': ['sh'], 'docker.io/library/web:1.4': ['sh'] }

/** Writes an archive of images as `ctr images import` takes it, in OCI's layout. `directory` is scratch space. */
export async function writeImages(directory: string, archive: string): Promise<void> {
  const layout = join(directory, 'images')
  const blobs = join(layout, 'blobs/sha256')
  await mkdir(blobs, { recursive: true })
  const put = async (content: Buffer, mediaType: string) => {
    const digest = createHash('sha256').update(content).digest('hex')
    await writeFile(join(blobs, digest), content)
    return { mediaType: `application/vnd.oci.image.${mediaType}`, digest: `sha256:${digest}`, size: content.length }
  }
  const json = (value: object) => Buffer.from(JSON.stringify(value))
  const rootfs = join(directory, 'rootfs.tar')
  await writeBusybox(rootfs)
  const layer = await put(await readFile(rootfs), 'layer.v1.tar')
  const described = async ([name, Cmd]: [string, string[]]) => {
    const history = [{ created: '2026-01-01T00:00:00Z', created_by: 'a test' }]
    const settings = { os: 'linux', architecture: process.arch === 'x64' ? 'amd64' : process.arch, history }
    const config = await put(
      json({
        ...settings,
        config: { Env: ['PATH=/bin'], Cmd, Labels: { 'org.opencontainers.image.title': name } },
        rootfs: { type: 'layers', diff_ids: [layer.digest] },
      }),
      'config.v1+json',
    )
    const manifest = await put(json({ schemaVersion: 2, config, layers: [layer] }), 'manifest.v1+json')
    return { ...manifest, annotations: { 'io.containerd.image.name': name } }
  }
  const manifests = await Promise.all(Object.entries(images).map(described))
  await writeFile(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  await writeFile(join(layout, 'index.json'), json({ schemaVersion: 2, manifests }))
  await run('tar', ['-c', '-f', archive, '-C', layout, '.'])
  await rm(layout, { recursive: true })
  await rm(rootfs)
}
