import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { missingForDocker } from './engines/docker/releases.ts'
import { startDocker, type TestDocker } from './engines/docker/start.ts'
import { handOver } from './portolan.ts'
import { freePort } from './engines/port.ts'

const root = join(import.meta.dirname, '..')
const startWithinMs = 300_000

/** Time-outs are settings, and tests shorten them. */
const hurry = {
  PORTOLAN_PROBE_INTERVAL_MS: '500',
  PORTOLAN_STALE_AFTER_MS: '2000',
  PORTOLAN_LEASE_RENEW_MS: '500',
  PORTOLAN_LEASE_VOID_MS: '1500',
  PORTOLAN_ENGINE_TIMEOUT_MS: '4000',
  PORTOLAN_SHUTDOWN_GRACE_MS: '2000',
}

/** Portolan as a person starts it: `npm start`, with a data folder and a port of its own. */
async function startPortolan(dataDir: string, port: number, socket: string): Promise<{ program: ChildProcess; setupLink: string }> {
  const program = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      ...hurry,
      PORTOLAN_DATA: dataDir,
      PORT: String(port),
      DATABASE_URL: '',
      DOCKER_HOST: `unix://${socket}`,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const log = createWriteStream(join(root, 'test-results/portolan.log'))
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (text: Buffer) => ((output += text), log.write(text)))
  for (const deadline = Date.now() + startWithinMs; !output.includes('Portolan is ready:'); await wait(100)) {
    if (program.exitCode !== null || Date.now() > deadline) {
      program.kill('SIGTERM')
      throw new Error(`Portolan did not start.\n${output.slice(-6_000)}`)
    }
  }
  return { program, setupLink: (await readFile(join(dataDir, 'setup-link'), 'utf8')).trim() }
}

async function stopPortolan(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return
  const ended = once(program, 'exit')
  program.kill('SIGINT')
  await ended
}

/** Starts one dockerd and one Portolan for every spec; they end when the last one has run. */
export default async function setup(): Promise<() => Promise<void>> {
  const missing = missingForDocker()
  if (missing && process.env.CI === 'true') throw new Error(`The end-to-end tests need Docker: ${missing}.`)
  if (missing) console.log(`SKIPPED what needs Docker: ${missing}.`)
  const docker: TestDocker | null = missing ? null : await startDocker({ name: 'dockerd of the end-to-end tests' })
  const dataDir = await mkdtemp(join(tmpdir(), 'portolan-e2e-'))
  const port = await freePort()
  await mkdir(join(root, 'test-results'), { recursive: true })
  const { program, setupLink } = await startPortolan(dataDir, port, docker?.socket ?? '/nowhere.sock')
  handOver({ url: `http://localhost:${port}`, setupLink, dataDir, dockerSocket: docker?.socket ?? null, pid: program.pid! })
  return async () => {
    await stopPortolan(program)
    await docker?.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
