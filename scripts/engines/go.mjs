import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from '../steps/run.mjs'

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'portolan/engines')

/**
 * Programs of one Go module, at one version.
 * @typedef {object} GoPrograms
 * @property {string} name what it is, for the folder
 * @property {string} module
 * @property {string} version of the module
 * @property {string[]} packages what is built, each under its last name
 * @property {Record<string, string>} [replaces] module → `module@version`, for what the module itself takes from its own folders
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
export async function buildGoPrograms({ name, module, version, packages, replaces = {}, variables = {} }) {
  const target = folderOf({ name, version })
  const scratch = `${target}.${process.pid}`
  const go = (...args) =>
    run('go', args, {
      cwd: scratch,
      env: { CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false', GOWORK: 'off' },
      explain: (output) => `${name} ${version} could not be built: go ${args[0]} says\n${output.slice(-2_000)}`,
    })
  mkdirSync(scratch, { recursive: true })
  try {
    writeFileSync(join(scratch, 'go.mod'), 'module portolan.invalid/engine\n')
    const { GoMod } = JSON.parse(await go('mod', 'download', '-json', `${module}@${version}`))
    const theirs = JSON.parse(await go('mod', 'edit', '-json', GoMod))
    const lines = [...replacesOf(theirs), ...Object.entries(replaces).map(([from, to]) => `-replace=${from}=${to}`)]
    await go('mod', 'edit', `-go=${theirs.Go}`, ...lines)
    await go('get', ...packages.map((path) => `${path}@${version}`))
    const linked = Object.entries(variables).map(([variable, value]) => ` -X ${variable}=${value}`)
    await go('build', '-trimpath', `-ldflags=-s -w${linked.join('')}`, '-o', 'bin/', ...packages)
    // Whole or not at all; somebody else's in the meantime is as good.
    if (!existsSync(target)) renameSync(join(scratch, 'bin'), target)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** A module's own replacements; those by a folder of its own repository lead nowhere outside it. */
const replacesOf = ({ Replace }) =>
  (Replace ?? [])
    .filter(({ New }) => New.Version)
    .map(({ Old, New }) => `-replace=${Old.Path}${Old.Version ? `@${Old.Version}` : ''}=${New.Path}@${New.Version}`)
