import { createHash } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { root } from './root.mjs'
import { Problem } from './say.mjs'

const neededMegabytes = 100

/** Whether every user may pass to `path`: under root PostgreSQL runs as a user of its own. */
function everybodyMayPass(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** PORTOLAN_DATA; else `.portolan` here; else, for root in a closed folder such as /root, a place of this checkout under /var/lib. */
export function chooseDataDir() {
  if (process.env.PORTOLAN_DATA) return resolve(root, process.env.PORTOLAN_DATA)
  if (process.getuid?.() !== 0 || everybodyMayPass(root)) return join(root, '.portolan')
  return join('/var/lib/portolan', `${basename(root)}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`)
}

/** Makes the data folder; refuses another user's and a full disk with one sentence. */
export function openDataDir(dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    const { uid } = statSync(dataDir)
    if (process.getuid && uid !== process.getuid()) {
      throw new Problem(
        `The data folder ${dataDir} belongs to another user (uid ${uid}). Start Portolan as that user, or set PORTOLAN_DATA to another folder.`,
      )
    }
    const { bavail, bsize } = statfsSync(dataDir)
    const freeMegabytes = Math.floor((bavail * bsize) / 2 ** 20)
    if (freeMegabytes < neededMegabytes) {
      throw new Problem(`The disk of ${dataDir} is full: ${freeMegabytes} MB are free, Portolan needs at least ${neededMegabytes} MB.`)
    }
  } catch (error) {
    throw explain(error, dataDir)
  }
}

function explain(error, dataDir) {
  if (error.code === 'EACCES' || error.code === 'EPERM')
    return new Problem(`This user may not write to the data folder ${dataDir}. Set PORTOLAN_DATA to another folder.`)
  if (error.code === 'ENOSPC') return new Problem(`The disk of ${dataDir} is full.`)
  if (error.code === 'ENOTDIR' || error.code === 'EEXIST')
    return new Problem(`${dataDir} is not a folder. Set PORTOLAN_DATA to another one.`)
  return error
}

/** Names one life of one process: a pid alone may be somebody else's by now. */
function identityOf(pid) {
  if (process.platform !== 'linux') return String(pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return null // There is no such process.
  }
}

function isRunning(identity) {
  const pid = Number.parseInt(identity, 10)
  if (!Number.isInteger(pid)) return false
  if (process.platform === 'linux') return identityOf(pid) === identity
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

const lockOf = (dataDir) => join(dataDir, 'start.pid')

/** Whether an `npm start` holds this data folder. */
export function isHeld(dataDir) {
  try {
    return isRunning(readFileSync(lockOf(dataDir), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw explain(error, dataDir)
  }
}

/**
 * One `npm start` for a data folder. A lock left by a killed one is taken over.
 * @returns {{ repaired: boolean, release: () => void }} whether there was such a lock
 */
export function lockDataDir(dataDir) {
  const lock = lockOf(dataDir)
  const mine = `${lock}.${process.pid}`
  let repaired = false
  try {
    writeFileSync(mine, identityOf(process.pid))
    for (;;) {
      try {
        linkSync(mine, lock)
        return { repaired, release: () => rmSync(lock, { force: true }) }
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      const holder = readFileSync(lock, 'utf8')
      if (isRunning(holder))
        throw new Problem(`Portolan already runs on the data folder ${dataDir} (process ${Number.parseInt(holder, 10)}).`)
      rmSync(lock, { force: true })
      repaired = true
    }
  } catch (error) {
    throw explain(error, dataDir)
  } finally {
    rmSync(mine, { force: true })
  }
}
