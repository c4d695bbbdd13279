import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../errors/index.ts'

const run = promisify(execFile)

/** The user that PostgreSQL runs as, which refuses to run as root. Null: the user of this process. */
export type Owner = { uid: number; gid: number } | null

async function idsOf(user: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, user])).stdout)))
    return uid === undefined || gid === undefined ? null : { uid, gid }
  } catch (error) {
    if ((error as { code?: unknown }).code === 1) return null
    throw error
  }
}

/** For root: the user `postgres`, made when the machine has none. */
export async function findOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return null
  const found = await idsOf('postgres')
  if (found) return found
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  } catch (cause) {
    const message =
      'PostgreSQL does not run as root, and the user postgres could not be made. Start Portolan as another user, or set DATABASE_URL.'
    throw new AppError('unavailable', message, { cause })
  }
  return idsOf('postgres')
}

/** The first folder on the way to `path` that this user may not enter; null when the way is free. */
export async function blockedAt(path: string, owner: Owner): Promise<string | null> {
  if (!owner) return null
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return folder
    if (folder === dirname(folder)) return null
  }
}
