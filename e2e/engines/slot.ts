import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const slotsDirectory = join(tmpdir(), 'portolan-engines')

/** What every test engine of a sort is known by, so that what a dead one left can be found. */
export interface SlotSort {
  /** Of its folder: `<stem>-<number>`. */
  stem: string
  count: number
  /** Of its bridge: `<bridgeStem><number>`. */
  bridgeStem: string
  /** All of its addresses begin with this. */
  subnet(number: number): string
  /** The programs of which it may leave processes; those are ended that name its folder. */
  programs: readonly string[]
  /** Ends what else it may have left. */
  clear?(number: number): Promise<void>
}

/** A place for one test engine: its own folder, bridge and addresses, so that many run side by side. */
export interface Slot {
  number: number
  directory: string
  bridge: string
  /** The beginning of its addresses, such as `10.200.`; its bridge has the first one. */
  subnet: string
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
export async function takeSlot(sort: SlotSort): Promise<Slot> {
  for (let number = 0; number < sort.count; number++) {
    const directory = join(slotsDirectory, `${sort.stem}-${number}`)
    if (!(await claim(directory))) continue
    const bridge = `${sort.bridgeStem}${number}`
    const subnet = sort.subnet(number)
    const release = async () => {
      await clear(sort, number, directory)
      await rm(`${directory}.owner`, { force: true })
    }
    await clear(sort, number, directory)
    await mkdir(directory, { recursive: true })
    await run('ip', ['link', 'add', 'name', bridge, 'type', 'bridge'])
    await run('ip', ['address', 'add', `${subnet}0.1/24`, 'dev', bridge])
    await run('ip', ['link', 'set', bridge, 'up'])
    return { number, directory, bridge, subnet, release }
  }
  throw new Error(`All ${sort.count} places for test engines are taken; see ${slotsDirectory}.`)
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

/** Ends what an engine of this slot left: processes that name its folder, mounts, bridges, files. */
async function clear(sort: SlotSort, number: number, directory: string): Promise<void> {
  for (const pid of await processesNaming(`${directory}/`, sort.programs)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  await sort.clear?.(number)
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '')
  for (const mount of mounts.filter((path) => path.startsWith(`${directory}/`)).reverse()) await run('umount', ['--lazy', mount])
  await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  const { stdout } = await run('ip', ['-json', 'address', 'show'])
  const links = JSON.parse(stdout) as { ifname: string; addr_info: { local?: string }[] }[]
  // Networks that a test made are bridges with an address of this slot.
  const ours = links.filter(
    (link) =>
      link.ifname === `${sort.bridgeStem}${number}` || link.addr_info.some((address) => address.local?.startsWith(sort.subnet(number))),
  )
  for (const link of ours) await run('ip', ['link', 'delete', link.ifname])
}

async function processesNaming(text: string, programs: readonly string[]): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid)
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return pids.filter((_, index) => programs.includes(basename(commands[index]!.split('\0')[0]!)) && commands[index]!.includes(text))
}
