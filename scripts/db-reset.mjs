// `npm run db:reset`: empties the database of a development checkout. The keys stay.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { chooseDataDir, lockDataDir, openDataDir } from './steps/data.mjs'
import { node } from './steps/root.mjs'
import { run } from './steps/run.mjs'
import { Problem, say } from './steps/say.mjs'

const dataDir = chooseDataDir()
const what = process.env.DATABASE_URL ? 'everything in the database of DATABASE_URL' : `the embedded database in ${dataDir}`

async function confirm() {
  if (process.argv.includes('--yes')) return
  if (!process.stdin.isTTY) throw new Problem(`This deletes ${what}. Say so with: npm run db:reset -- --yes`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`This deletes ${what}. Type yes to go on: `)
  terminal.close()
  if (answer.trim() !== 'yes') throw new Problem('Nothing was deleted.')
}

function reset() {
  if (process.env.DATABASE_URL) return run(node, ['scripts/empty-database.ts'])
  for (const name of ['database', 'setup-link']) rmSync(join(dataDir, name), { recursive: true, force: true })
}

try {
  if (!process.env.DATABASE_URL && !existsSync(join(dataDir, 'database')))
    throw new Problem(`There is no database in ${dataDir} yet: there is nothing to delete.`)
  openDataDir(dataDir)
  const lock = lockDataDir(dataDir)
  try {
    await confirm()
    await reset()
    say(`Deleted: ${what}. The keys stay; the next npm start begins anew, with a new one-time link.`)
  } finally {
    lock.release()
  }
} catch (error) {
  say(`✗ ${error instanceof Problem ? error.message : error.stack}`)
  process.exitCode = 1
}
