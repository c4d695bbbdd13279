import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { docker29 } from '../../../scripts/engines/docker-29.mjs'
import { folderOf, isBuilt } from '../../../scripts/engines/go.mjs'

/** Debian's, and the newest: it keeps images in containerd's store unless it is told to do so in its classic one. */
export const releases = ['20.10', '29', '29-classic'] as const
export type Release = (typeof releases)[number]

const tools = ['docker', 'busybox', 'containerd', 'iptables', 'ip', 'openssl', 'setpriv', 'tar']

/** Why an engine of this release cannot start here, for people; null when it can. */
export function missingForDocker(release: Release = '20.10'): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'dockerd needs Linux and root'
  for (const program of release === '20.10' ? ['dockerd', ...tools] : tools) {
    try {
      execFileSync('which', [program], { stdio: 'ignore' })
    } catch (cause) {
      if ((cause as { status?: number }).status === undefined) throw cause
      return `${program} is not installed (Debian: apt-get install docker.io iptables busybox-static iproute2 openssl)`
    }
  }
  if (release === '20.10' || isBuilt(docker29)) return null
  return `Docker 29 is not built in ${folderOf(docker29)} (npm test and npm run engines build it where Go is installed)`
}

/** DOCKER_HOST and its like must not lead a test to somebody's own engine. */
export const environmentOf = (release: Release): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(release === '20.10' ? {} : { PATH: `${folderOf(docker29)}:${process.env.PATH}` }),
  DOCKER_HOST: undefined,
  DOCKER_CONTEXT: undefined,
  DOCKER_TLS_VERIFY: undefined,
  DOCKER_CERT_PATH: undefined,
})

/** `daemon.json` for an engine whose folder is `directory`. */
export function configurationOf(release: Release, directory: string): object {
  // 20.10 takes its engine id from this key, which all daemons of a machine would share otherwise.
  if (release === '20.10') return { 'deprecated-key-path': join(directory, 'key.json') }
  // Debian's runc knows no time namespaces.
  return { features: { 'time-namespaces': false, ...(release === '29-classic' ? { 'containerd-snapshotter': false } : {}) } }
}
