import { execFile } from 'node:child_process'
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Tags of the one image that every test engine has: nothing can be pulled where tests run. */
export const imageTags = ['portolan/busybox:1', 'web:1.4', 'worker:2.0', 'db:16'] as const

/** Makes a small image out of this machine's static busybox. `directory` is scratch space. */
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
  await run('docker', ['-H', `unix://${socket}`, 'import', '-c', 'ENV PATH=/bin', '-c', 'CMD ["sh"]', archive, imageTags[0]])
  for (const tag of imageTags.slice(1)) await run('docker', ['-H', `unix://${socket}`, 'tag', imageTags[0], tag])
  await rm(root, { recursive: true })
  await rm(archive)
}
