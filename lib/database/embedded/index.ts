import { execFile, spawn } from 'node:child_process'
import { chown, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { embeddedDatabaseUrl, socketDirOf } from '../../settings.ts'
import { checkDatabaseFolder, findPrograms, prepareFolder } from './folder.ts'
import { findOwner, type Owner } from './owner.ts'
import { answers, explainEnd, findPostmaster, isAlive } from './postmaster.ts'

const run = promisify(execFile)
// Long enough for the recovery after a crash in the middle of heavy writing.
const startTimeoutMs = 120_000
const stopTimeoutMs = 30_000
const pollMs = 50

export interface EmbeddedDatabase {
  /** The connection string of the database `portolan` in it. */
  url: string
  pid: number
  /** It was already running: left by a start that was killed. */
  adopted: boolean
  /** Resolves when PostgreSQL has ended, whoever ended it. */
  ended: Promise<void>
  /** Ends it cleanly: connections are closed, everything written is on the disk. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Absolute. */
  dataDir: string
  /** More of PostgreSQL's own settings; tests make it careless of crashes. */
  settings?: Record<string, string>
  onLog?: (line: string) => void
}

const environment = (): NodeJS.ProcessEnv => ({ NODE_ENV: 'production', PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })

/** Made beside its place and moved there, so that a half-made database is never taken for one. */
async function initialise(folder: string, initdb: string, owner: Owner): Promise<void> {
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  if (owner) await chown(unfinished, owner.uid, owner.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  // Whoever reaches the socket is let in: its folder lets only its owner pass. Nothing listens on the network.
  const args = [`--pgdata=${unfinished}`, '--username=portolan', '--auth-local=trust', '--auth-host=reject', ...locale]
  try {
    await run(initdb, args, { ...owner, cwd: '/', env: environment() })
  } catch (error) {
    throw explainEnd((error as { stderr?: string }).stderr ?? String(error))
  }
  await rename(unfinished, folder)
}

function launch(postgres: string, folder: string, options: EmbeddedOptions, owner: Owner) {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketDirOf(options.dataDir),
    unix_socket_permissions: '0700',
    jit: 'off',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(postgres, ['-D', folder, ...flags], {
    ...owner,
    cwd: '/',
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-20_000)
    for (const line of text.split('\n')) if (line) options.onLog?.(line)
  })
  const state = { ended: false, output: () => output }
  child.on('error', (error) => Object.assign(state, { ended: true, output: () => error.message }))
  child.on('exit', () => Object.assign(state, { ended: true }))
  return { child, state }
}

/** Starts PostgreSQL and waits until it answers. */
async function start(postgres: string, folder: string, options: EmbeddedOptions, owner: Owner): Promise<number> {
  const deadline = Date.now() + startTimeoutMs
  for (;;) {
    const { child, state } = launch(postgres, folder, options, owner)
    while (!state.ended) {
      if (await answers(embeddedDatabaseUrl(options.dataDir, 'postgres'))) return child.pid!
      if (Date.now() > deadline) child.kill('SIGKILL')
      await wait(pollMs)
    }
    // The children of a killed PostgreSQL need a moment to notice that it is gone.
    if (!state.output().includes('pre-existing shared memory block') || Date.now() > deadline) throw explainEnd(state.output())
    await wait(500)
  }
}

async function waitForAnswer(pid: number, dataDir: string): Promise<boolean> {
  const deadline = Date.now() + startTimeoutMs
  while (isAlive(pid) && Date.now() < deadline) {
    if (await answers(embeddedDatabaseUrl(dataDir, 'postgres'))) return true
    await wait(pollMs)
  }
  return false
}

async function createDatabase(dataDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: embeddedDatabaseUrl(dataDir, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'portolan'")
    if (!rowCount) await client.query('CREATE DATABASE portolan')
  } finally {
    await client.end()
  }
}

async function untilEnded(pid: number): Promise<void> {
  while (isAlive(pid)) await wait(pollMs * 4)
}

async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT') // "fast": ends sessions, writes everything down
  const timer = setTimeout(() => isAlive(pid) && process.kill(pid, 'SIGQUIT'), stopTimeoutMs)
  await untilEnded(pid)
  clearTimeout(timer)
}

/**
 * Starts the embedded PostgreSQL of a data folder, making it first when there is none. One that is already running
 * there is adopted; what a killed one left is repaired.
 * @throws forbidden · conflict · unavailable, each with one sentence for the person at the terminal
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { dataDir } = options
  const owner = await findOwner()
  await prepareFolder(dataDir, owner)
  const programs = await findPrograms(dataDir, owner)
  const folder = join(dataDir, 'database')
  if (!(await checkDatabaseFolder(folder, owner))) await initialise(folder, programs.initdb, owner)
  const running = await findPostmaster(folder)
  const adopted = running !== null && (await waitForAnswer(running, dataDir))
  const pid = adopted ? running : await start(programs.postgres, folder, options, owner)
  await createDatabase(dataDir)
  return { url: embeddedDatabaseUrl(dataDir), pid, adopted, ended: untilEnded(pid), stop: () => stop(pid) }
}
