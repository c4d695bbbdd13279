import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const slotsDirectory = join(tmpdir(), 'portolan-engines')
const slotCount = 40

/** A place for one test engine: its own folder, bridge and addresses, so that many run side by side. */
export interface Slot {
  directory: string
  bridge: string
  addressPool: string
  release(): Promise<void>
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return true
    return false
  }
}

/** Takes the first free slot; one whose owner has died is cleared and taken over. */
export async function takeSlot(): Promise<Slot> {
  for (let number = 0; number < slotCount; number++) {
    const directory = join(slotsDirectory, `docker-${number}`)
    if (!(await claim(directory))) continue
    const bridge = `ptdk${number}`
    await clear(directory, bridge)
    await run('ip', ['link', 'add', 'name', bridge, 'type', 'bridge'])
    await run('ip', ['address', 'add', `10.${200 + number}.0.1/24`, 'dev', bridge])
    await run('ip', ['link', 'set', bridge, 'up'])
    return { directory, bridge, addressPool: `base=10.${200 + number}.128.0/17,size=24`, release: () => release(directory, bridge) }
  }
  throw new Error(`All ${slotCount} places for test engines are taken; see ${slotsDirectory}.`)
}

/** The owner's pid is in a file that only one process can make. */
async function claim(directory: string): Promise<boolean> {
  await mkdir(slotsDirectory, { recursive: true })
  const ownerFile = `${directory}.owner`
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(ownerFile, String(process.pid), { flag: 'wx' })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(await readFile(ownerFile, 'utf8').catch(() => '0'))
      if (owner > 0 && isAlive(owner)) return false
      await rm(ownerFile, { force: true })
    }
  }
  return false
}

async function release(directory: string, bridge: string): Promise<void> {
  await clear(directory, bridge)
  await rm(`${directory}.owner`, { force: true })
}

/** Ends what an engine of this slot left: processes that name its folder, mounts, bridges, files. */
async function clear(directory: string, bridge: string): Promise<void> {
  for (const pid of await processesNaming(`${directory}/`)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '')
  for (const mount of mounts.filter((path) => path.startsWith(`${directory}/`)).reverse()) await run('umount', ['--lazy', mount])
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  const { stdout } = await run('ip', ['-json', 'address', 'show'])
  const subnet = `10.${200 + Number(bridge.slice('ptdk'.length))}.`
  const links = JSON.parse(stdout) as { ifname: string; addr_info: { local?: string }[] }[]
  // Networks that a test made are bridges with an address of this slot.
  const ours = links.filter((link) => link.ifname === bridge || link.addr_info.some((address) => address.local?.startsWith(subnet)))
  for (const link of ours) await run('ip', ['link', 'delete', link.ifname])
}

async function processesNaming(text: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid)
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return pids.filter(
    (_, index) =>
      /^(\S*\/)?(dockerd|containerd|containerd-shim\S*|docker-proxy)\0/.test(commands[index]!) && commands[index]!.includes(text),
  )
}
