import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeBusybox } from '../busybox.ts'

const run = promisify(execFile)

/** The image that all others of a test engine are layers on: nothing can be pulled where tests run. */
const base = 'portolan/busybox:1'
/** What each image adds to it, in KiB. */
const layers = { 'web:1.4': 320, 'worker:2.0': 700, 'db:16': 2400 }

/** Makes small images out of this machine's static busybox. `directory` is scratch space. */
export async function importBusybox(socket: string, directory: string): Promise<void> {
  const archive = join(directory, 'rootfs.tar')
  await writeBusybox(archive)
  await run('docker', ['-H', `unix://${socket}`, 'import', '-c', 'ENV PATH=/bin', '-c', 'CMD ["sh"]', archive, base])
  await Promise.all(Object.entries(layers).map(([tag, kibibytes]) => buildOn(socket, directory, tag, kibibytes)))
  await rm(archive)
}

/** By COPY alone, which needs no container that events would tell of. */
async function buildOn(socket: string, directory: string, tag: string, kibibytes: number): Promise<void> {
  const context = join(directory, `context-${tag.replace(':', '-')}`)
  await mkdir(context)
  await writeFile(join(context, 'Dockerfile'), `FROM ${base}\nCOPY program /opt/\n`)
  await writeFile(join(context, 'program'), `${tag}\n`.padEnd(kibibytes * 1024, '.'))
  await run('docker', ['-H', `unix://${socket}`, 'build', '--quiet', '--tag', tag, context], {
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
  })
  await rm(context, { recursive: true })
}
