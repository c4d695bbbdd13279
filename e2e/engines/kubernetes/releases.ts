import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { folderOf, isBuilt } from '../../../scripts/engines/go.mjs'
import { containerd, etcd, kubernetesByMinor } from '../../../scripts/engines/kubernetes.mjs'

/** The minors that are tested against. */
export const minors = ['1.36', '1.35'] as const
export type Minor = (typeof minors)[number]

/** Debian's: bridge, host-local and loopback. */
export const cniFolder = '/usr/lib/cni'
const tools = ['busybox', 'ip', 'mount', 'openssl', 'runc', 'setpriv', 'tar', 'unshare']

/** Why a cluster of this minor cannot start here, for people; null when it can. */
export function missingForKubernetes(minor: Minor = '1.36'): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a cluster needs Linux and root'
  try {
    execFileSync('which', tools, { stdio: 'ignore' })
  } catch (cause) {
    if ((cause as { status?: number }).status === undefined) throw cause
    return `one of ${tools.join(', ')} is not installed (Debian: apt-get install busybox-static iproute2 mount openssl runc util-linux)`
  }
  if (!existsSync(join(cniFolder, 'bridge'))) return `${cniFolder} is not there (Debian: apt-get install containernetworking-plugins)`
  const unbuilt = [kubernetesByMinor.get(minor)!, etcd, containerd].find((programs) => !isBuilt(programs))
  if (!unbuilt) return null
  return `${unbuilt.title} is not built in ${folderOf(unbuilt)} (npm test and npm run engines build it where Go is installed)`
}

/** Where a program of this minor's Kubernetes is. */
export const programOf = (minor: Minor, name: string): string => join(folderOf(kubernetesByMinor.get(minor)!), name)
export const etcdProgram = join(folderOf(etcd), 'server')
export const containerdFolder = folderOf(containerd)
