import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../steps/run.mjs'
import { Problem } from '../steps/say.mjs'

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'portolan/engines')
/** What the biggest of them and its modules take while they are built. */
const neededBytes = 6e9

/**
 * Programs of one Go module, at one version.
 * @typedef {object} GoPrograms
 * @property {string} name what it is, for the folder
 * @property {string} title for people
 * @property {number} minutes that building takes about, on two cores
 * @property {string} module
 * @property {string} version of the module
 * @property {string[]} [packages] what is built, each under its last name
 * @property {string} [main] instead of packages: a program of ours beside this file
 * @property {string[]} [names] what that program is called by
 * @property {string} [staging] the version under which the modules are published that it takes from its own folders
 * @property {Record<string, string>} [variables] what the linker sets: `import/path.Name` → value
 */

/** The folder with the programs, outside the checkout; whether they are there yet is another matter. */
export const folderOf = ({ name, version }) => join(cache, `${name}-${version}`)

export const isBuilt = (programs) => existsSync(folderOf(programs))

/**
 * Builds the programs out of Go's module proxy. `go install` refuses modules with `replace` lines, so they are built in
 * a module of their own with the same lines. Rejects with one sentence.
 * @param {GoPrograms} programs
 */
export async function buildGoPrograms({ name, title, module, version, packages, main, names = [], staging, variables = {} }) {
  const target = folderOf({ name, version })
  const scratch = `${target}.${process.pid}`
  const go = (...args) =>
    run('go', args, {
      cwd: scratch,
      env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false', GOWORK: 'off' },
      explain: (output) => `${title} (${version}) could not be built: go ${args[0]} says\n${output.slice(-2_000)}`,
    })
  mkdirSync(scratch, { recursive: true })
  try {
    refuseFullDisk(title)
    writeFileSync(join(scratch, 'go.mod'), 'module portolan.invalid/engine\n')
    const { GoMod } = JSON.parse(await go('mod', 'download', '-json', `${module}@${version}`))
    const theirs = JSON.parse(await go('mod', 'edit', '-json', GoMod))
    await go('mod', 'edit', `-go=${theirs.Go}`, ...replacesOf(theirs, staging))
    if (main) copyFileSync(fileURLToPath(new URL(main, import.meta.url)), join(scratch, 'main.go'))
    await go('get', ...(packages ?? [module]).map((path) => `${path}@${version}`))
    const linked = Object.entries(variables).map(([variable, value]) => ` -X ${variable}=${value}`)
    await go('build', '-trimpath', `-ldflags=-s -w${linked.join('')}`, '-o', 'bin/', ...(packages ?? ['.']))
    for (const called of names) symlinkSync('engine', join(scratch, 'bin', called))
    // Whole or not at all; somebody else's in the meantime is as good.
    moveUnlessThere(join(scratch, 'bin'), target)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function moveUnlessThere(from, to) {
  try {
    renameSync(from, to)
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  }
}

function refuseFullDisk(title) {
  const { bavail, bsize } = statfsSync(cache)
  const freeBytes = bavail * bsize
  if (freeBytes >= neededBytes) return
  const gigabytes = (bytes) => (bytes / 1e9).toFixed(1)
  throw new Problem(
    `${title} is not built: ${cache} has ${gigabytes(freeBytes)} GB free, and building takes up to ${gigabytes(neededBytes)} GB.`,
  )
}

/** A module's own replacements; those by a folder of its own repository are replaced by what is published of it, if it is. */
const replacesOf = ({ Replace }, staging) =>
  (Replace ?? [])
    .filter(({ New }) => New.Version || staging)
    .map(({ Old, New }) => {
      const by = New.Version ? `${New.Path}@${New.Version}` : `${Old.Path}@${staging}`
      return `-replace=${Old.Path}${Old.Version ? `@${Old.Version}` : ''}=${by}`
    })
