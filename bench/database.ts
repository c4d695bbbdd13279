import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../lib/database/embedded/index.ts'
import { migrate } from '../lib/database/migrate.ts'

export interface BenchDatabase {
  url: string
  close(): Promise<void>
}

/** A database of its own: in the Postgres of DATABASE_URL, else in an embedded one that lives in a temporary folder. */
export async function openDatabase(): Promise<BenchDatabase> {
  const database = process.env['DATABASE_URL'] ? await createIn(process.env['DATABASE_URL']) : await startOwn()
  await migrate(database.url)
  return database
}

async function startOwn(): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  const embedded = await startEmbedded({ dataDir })
  return {
    url: embedded.url,
    async close() {
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function createIn(server: string): Promise<BenchDatabase> {
  const name = `portolan_bench_${process.pid}`
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await run(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, close: () => run(`DROP DATABASE ${name} WITH (FORCE)`) }
}

const ticksPerSecond = 100

/** utime, stime, and those of children that ended: fields 14 to 17 of /proc/<pid>/stat. */
function ticksOf(pid: number, withEnded: boolean): { parent: number; ticks: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number)
  const own = fields[11]! + fields[12]!
  return { parent: fields[1]!, ticks: withEnded ? own + fields[13]! + fields[14]! : own }
}

/** Seconds of CPU that a local Postgres used so far, all its processes together; null where that cannot be read. */
export function postgresCpu(postmaster: number): number | null {
  try {
    let ticks = ticksOf(postmaster, true).ticks
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue
      const found = readProcess(Number(entry))
      if (found?.parent === postmaster) ticks += found.ticks
    }
    return ticks / ticksPerSecond
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Null when it ended meanwhile. */
function readProcess(pid: number): { parent: number; ticks: number } | null {
  try {
    return ticksOf(pid, false)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return null
    throw error
  }
}

/** The process id of the server behind a connection. */
export async function postmasterOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  try {
    return ticksOf(rows[0]!.pid, false).parent
  } catch {
    return 0
  }
}
