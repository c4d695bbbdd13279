import { chooseDataDir, isHeld, lockDataDir, openDataDir } from './data.mjs'
import { makeReady } from './install.mjs'
import { node } from './root.mjs'
import { run } from './run.mjs'
import { Problem, say } from './say.mjs'

/** What a script of ours said went wrong, in its own words. */
const explain = (output) => {
  const line = output.split('\n').find((one) => one.startsWith('{"problem"'))
  return line ? JSON.parse(line).problem : `That did not work.\n${output.slice(-4_000)}`
}

/** Runs a script that answers one line of JSON, or a problem in words, for the data folder of these settings. */
export async function ask(script, args = []) {
  const env = { PORTOLAN_DATA: chooseDataDir(), NODE_ENV: 'production' }
  return JSON.parse((await run(node, [script, ...args], { env, explain })).trim().split('\n').at(-1))
}

/** The same for a script that needs the database and starts the embedded one when nobody did: no `npm start` comes between. */
export async function askWithDatabase(script, args) {
  const dataDir = chooseDataDir()
  openDataDir(dataDir)
  const lock = isHeld(dataDir) ? null : lockDataDir(dataDir)
  try {
    await makeReady({ pages: false })
    return await ask(script, args)
  } finally {
    lock?.release()
  }
}

/** Runs a command of a person: a problem is one sentence. */
export async function command(work) {
  try {
    await work()
  } catch (error) {
    say(`✗ ${error instanceof Problem ? error.message : error.stack}`)
    process.exitCode = 1
  }
}
