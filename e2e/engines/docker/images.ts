import { execFile } from 'node:child_process'
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The image that all others of a test engine are layers on: nothing can be pulled where tests run. */
const base = 'portolan/busybox:1'
/** What each image adds to it, in KiB. */
const layers = { 'web:1.4': 320, 'worker:2.0': 700, 'db:16': 2400 }

/** Makes small images out of this machine's static busybox. `directory` is scratch space. */
export async function importBusybox(socket: string, directory: string): Promise<void> {
  const root = join(directory, 'rootfs')
  for (const folder of ['bin', 'etc', 'tmp', 'www', 'data', 'root']) await mkdir(join(root, folder), { recursive: true })
  const { stdout: source } = await run('which', ['busybox'])
  await copyFile(source.trim(), join(root, 'bin/busybox'))
  const { stdout } = await run('busybox', ['--list'])
  const applets = stdout.split('\n').filter((applet) => applet && applet !== 'busybox')
  await Promise.all(applets.map((applet) => symlink('busybox', join(root, 'bin', applet))))
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n')
  const archive = join(directory, 'rootfs.tar')
  await run('tar', ['-c', '-f', archive, '-C', root, '.'])
  await run('docker', ['-H', `unix://${socket}`, 'import', '-c', 'ENV PATH=/bin', '-c', 'CMD ["sh"]', archive, base])
  await Promise.all(Object.entries(layers).map(([tag, kibibytes]) => buildOn(socket, directory, tag, kibibytes)))
  await rm(root, { recursive: true })
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
