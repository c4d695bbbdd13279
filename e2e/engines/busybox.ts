import { execFile } from 'node:child_process'
import { copyFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Writes a tar of a small root out of this machine's static busybox: what every image of the tests is made of. */
export async function writeBusybox(archive: string): Promise<void> {
  const root = `${archive}.root`
  for (const folder of ['bin', 'etc', 'tmp', 'www', 'data', 'root']) await mkdir(join(root, folder), { recursive: true })
  const { stdout: source } = await run('which', ['busybox'])
  await copyFile(source.trim(), join(root, 'bin/busybox'))
  const { stdout } = await run('busybox', ['--list'])
  const applets = stdout.split('\n').filter((applet) => applet && applet !== 'busybox')
  await Promise.all(applets.map((applet) => symlink('busybox', join(root, 'bin', applet))))
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n')
  await run('tar', ['-c', '-f', archive, '-C', root, '.'])
  await rm(root, { recursive: true })
}
