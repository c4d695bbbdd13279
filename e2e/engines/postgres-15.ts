import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { findOwner } from '../../lib/database/embedded/owner.ts'
import { answers } from '../../lib/database/embedded/postmaster.ts'
import { embeddedDatabaseUrl, socketDirOf } from '../../lib/settings.ts'

const run = promisify(execFile)
const programs = '/usr/lib/postgresql/15/bin'

/** Why the tests cannot be asked of PostgreSQL 15 here; null when they can. */
export const missingForPostgres15 = (): string | null =>
  existsSync(join(programs, 'postgres')) ? null : `there is no ${programs} (Debian: apt-get install postgresql-15)`

export interface OwnPostgres {
  /** In it the folder of the socket, as in a data folder of ours. */
  dataDir: string
  /** Of the database `portolan`. */
  url: string
  stop(): Promise<void>
}

/**
 * A PostgreSQL as somebody else runs it: the oldest that Portolan takes, in a language's own order of letters, and for a
 * role that owns its databases and is nothing more. A cluster of its own on a socket of its own; one that the machine
 * runs is not touched.
 */
export async function startPostgres15(): Promise<OwnPostgres> {
  const owner = await findOwner()
  const dataDir = await mkdtemp(join(tmpdir(), 'portolan-pg15-'))
  const [folder, sockets] = [join(dataDir, 'database'), socketDirOf(dataDir)]
  for (const path of [dataDir, folder, sockets]) {
    await mkdir(path, { recursive: true, mode: 0o700 })
    if (owner) await chown(path, owner.uid, owner.gid)
  }
  const as = { ...owner, cwd: '/', env: { NODE_ENV: 'test', PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' } as NodeJS.ProcessEnv }
  const letters = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US']
  await run(join(programs, 'initdb'), [`--pgdata=${folder}`, '--username=administrator', '--auth=trust', '--no-sync', ...letters], as)
  const settings = ['listen_addresses=', `unix_socket_directories=${sockets}`, 'fsync=off', 'full_page_writes=off', 'max_connections=200']
  const server = spawn(join(programs, 'postgres'), ['-D', folder, ...settings.flatMap((one) => ['-c', one])], { ...as, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const administrator = embeddedDatabaseUrl(dataDir, 'postgres').replace('portolan@', 'administrator@')
  while (!(await answers(administrator))) {
    if (server.exitCode !== null) throw new Error('PostgreSQL 15 did not start.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const client = new pg.Client({ connectionString: administrator })
  await client.connect()
  await client.query('CREATE ROLE portolan LOGIN CREATEDB')
  await client.query('CREATE DATABASE portolan OWNER portolan')
  await client.end()
  return {
    dataDir,
    url: embeddedDatabaseUrl(dataDir),
    async stop() {
      server.kill('SIGINT')
      await ended
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
