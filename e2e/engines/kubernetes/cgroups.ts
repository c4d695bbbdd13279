import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const root = '/sys/fs/cgroup'
const attempts = 50

/** The one hierarchy of version 2, or each of version 1. */
async function hierarchies(): Promise<string[]> {
  if (existsSync(join(root, 'cgroup.controllers'))) return [root]
  return (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name))
}

/** Makes a group of this name in every hierarchy; a kubelet takes none that is not there. */
export async function makeCgroups(name: string): Promise<void> {
  for (const hierarchy of await hierarchies()) {
    await mkdir(join(hierarchy, name), { recursive: true })
    // Of version 1: without them no process may enter.
    for (const file of ['cpuset.cpus', 'cpuset.mems'])
      if (existsSync(join(hierarchy, file))) await writeFile(join(hierarchy, name, file), await readFile(join(hierarchy, file)))
  }
}

/** Removes the group with all below it, and ends what still runs in them. */
export async function clearCgroups(name: string): Promise<void> {
  for (const hierarchy of await hierarchies()) await removeGroup(join(hierarchy, name))
}

async function removeGroup(path: string): Promise<void> {
  if (!existsSync(path)) return
  for (const entry of await readdir(path, { withFileTypes: true })) if (entry.isDirectory()) await removeGroup(join(path, entry.name))
  for (let attempt = 1; ; attempt++) {
    try {
      return await rmdir(path)
    } catch (error) {
      // A killed process is in its group until the kernel has let go of it.
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY' || attempt === attempts) throw error
      for (const pid of (await readFile(join(path, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean)) kill(Number(pid))
      await wait(100)
    }
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
