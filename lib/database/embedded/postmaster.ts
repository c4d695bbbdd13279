import { execFileSync } from 'node:child_process'
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { AppError, isAppError } from '../../errors/index.ts'

/** Whether a process lives, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether this process is PostgreSQL at work in `folder`: a postmaster's working directory is its data folder. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(folder))
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder)
  } catch (error) {
    // It ended while we looked, or is not ours to look at: then it is not our PostgreSQL either.
    if (isAppError(error)) throw error
    return false
  }
}

/**
 * The live PostgreSQL of this folder, or null. A pid file left by one that was killed is removed: PostgreSQL itself
 * would not start when another program has that pid now.
 */
export async function findPostmaster(folder: string): Promise<number | null> {
  const file = join(folder, 'postmaster.pid')
  let pid: number
  try {
    pid = Number.parseInt(await readFile(file, 'utf8'), 10)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (Number.isInteger(pid) && (await worksIn(pid, folder))) return pid
  await rm(file, { force: true })
  return null
}

/** Whether it answers; false while it still starts, recovers or ends. */
export async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === '57P03' || code === '57P01' || syscall !== undefined || (error as Error).message.startsWith('Connection terminated'))
      return false
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Why PostgreSQL ended, in one sentence. */
export function explainEnd(output: string): AppError {
  if (output.includes('No space left on device'))
    return new AppError('unavailable', 'The disk of the data folder is full; the embedded database cannot start.')
  const fatal = output.match(/(?:FATAL|PANIC):\s+(.*)/)?.[1] ?? output.trim().split('\n').at(-1) ?? ''
  return new AppError('unavailable', `The embedded database did not start: ${fatal || 'it said nothing'}`, {
    details: { output: output.slice(-4_000) },
  })
}
