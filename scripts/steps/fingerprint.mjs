import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.mjs'

const skipped = (path) => /\.test\.tsx?$|\/generated$|\/fixtures$/.test(path)

function filesIn(path) {
  const full = join(root, path)
  if (skipped(path) || !existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`))
}

/** One value for the contents of files and folders of this checkout, tests and generated code aside. */
export function fingerprint(paths, ...more) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesIn))
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.update(more.join('\0')).digest('hex')
}

/** Runs `make` unless `marker` says that it was made from the same things. Interrupted, it is made again. */
export async function makeIfChanged(marker, value, make) {
  const file = join(root, marker)
  if (existsSync(file) && readFileSync(file, 'utf8') === value) return false
  rmSync(file, { force: true })
  await make()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, value)
  return true
}
