// `npm start`: installs and builds what is missing, then holds PostgreSQL, sync and web until Ctrl-C.
// Runs on the machine's own Node 20 or newer, before anything is installed: no packages, no TypeScript.
import { rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chooseDataDir, lockDataDir, openDataDir } from './steps/data.mjs'
import { watchSources } from './steps/dev.mjs'
import { makeReady } from './steps/install.mjs'
import { checkPort } from './steps/port.mjs'
import { Program } from './steps/program.mjs'
import { node } from './steps/root.mjs'
import { run } from './steps/run.mjs'
import { Problem, say } from './steps/say.mjs'

const dev = process.argv.includes('--dev')
const port = Number(process.env.PORT || 3000)
const host = process.env.HOST || '127.0.0.1'
const dataDir = chooseDataDir()
const env = {
  NODE_ENV: dev ? 'development' : 'production',
  PORTOLAN_DATA: dataDir,
  PORT: String(port),
  HOST: host,
  NEXT_TELEMETRY_DISABLED: '1',
}
const readyWithinMs = 120_000
const programs = {}
let lock = null
let ending = null

function supervise(name, file, more = {}) {
  programs[name] = new Program({ name, file, env, onHopeless: (sentence) => void end(1, sentence), ...more })
  programs[name].start()
}

/** Ends everything in order: nobody writes any more when PostgreSQL goes. */
function end(code, sentence) {
  ending ??= (async () => {
    if (sentence) say(`✗ ${sentence}`)
    await Promise.all([programs.web?.stop(15_000), programs.sync?.stop(15_000)])
    await programs.postgres?.stop(45_000)
    lock?.release()
    process.exit(code)
  })()
  return ending
}

let asked = 0
function onSignal() {
  if (++asked === 1) {
    say('\nEnding …')
    void end(0)
  } else if (asked === 3) process.exit(1)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)

/** Starts PostgreSQL and waits until it answers. */
async function startDatabase() {
  await new Promise((resolve) => {
    const onLine = (line) => line.includes('"event":"ready"') && resolve()
    supervise('postgres', 'scripts/postgres.ts', { onLine, mustStart: true })
  })
  programs.postgres.markReady()
}

/** Runs a script that answers one line of JSON, or a problem in words. */
async function ask(script) {
  const explain = (output) => {
    const line = output.split('\n').find((one) => one.startsWith('{"problem"'))
    return line ? JSON.parse(line).problem : `${script} failed.\n${output.slice(-4_000)}`
  }
  const output = await run(node, [script], { env, explain })
  return JSON.parse(output.trim().split('\n').at(-1))
}

function answers(url) {
  return new Promise((resolve) => {
    const target = host === '0.0.0.0' || host === '::' ? 'localhost' : host
    const asking = request({ host: target, port, path: '/api/ready', headers: { host: new URL(url).host }, timeout: 5_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asking.on('error', () => resolve(false)).on('timeout', () => asking.destroy())
    asking.end()
  })
}

function showAddress({ url, setupToken, warnings }) {
  const file = join(dataDir, 'setup-link')
  rmSync(file, { force: true })
  say(`\nPortolan is ready: ${url}`)
  if (setupToken) {
    const link = `${url}/setup?token=${setupToken}`
    writeFileSync(file, `${link}\n`, { mode: 0o600 })
    say(`Make the first administrator with this link; it works once (also in ${file}):\n  ${link}`)
  }
  for (const warning of warnings) say(`Warning: ${warning}`)
  say('Ctrl-C ends it.\n')
}

async function start() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem(`PORT is ${process.env.PORT}; it must be a number from 1 to 65535.`)
  openDataDir(dataDir)
  lock = lockDataDir(dataDir)
  if (lock.repaired) say('The last start did not end cleanly; what it left is put in order.')
  await checkPort(port, host, lock.repaired ? 20_000 : 0)
  await makeReady({ pages: !dev })
  const { url, warnings } = await ask('scripts/settings.ts')
  if (!process.env.DATABASE_URL) await startDatabase()
  const { setupToken } = await ask('scripts/prepare.ts')
  supervise('sync', 'sync.ts')
  supervise('web', 'server.ts')
  for (const deadline = Date.now() + readyWithinMs; !(await answers(url)); await wait(200)) {
    if (Date.now() > deadline)
      throw new Problem(`Portolan did not become ready in ${readyWithinMs / 1000} s; what its programs said stands above.`)
  }
  if (dev) watchSources(programs)
  showAddress({ url, setupToken, warnings })
}

try {
  await start()
} catch (error) {
  if (ending !== null) await end(1)
  if (!(error instanceof Problem)) console.error(error)
  await end(1, error instanceof Problem ? error.message : 'Portolan could not start.')
}
