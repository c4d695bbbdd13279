import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { embeddedDatabaseUrl } from '../lib/settings.ts'

const root = join(import.meta.dirname, '..')
const buildWithinMs = 300_000
const isRoot = process.getuid?.() === 0

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** One `npm start`, and what it says. */
class Start {
  readonly child: ChildProcess
  output = ''
  private readonly waiting = new Set<() => void>()

  constructor(dataDir: string, port: number, environment: Record<string, string> = {}) {
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: '',
      PORTOLAN_SECRET_KEYS: '',
      LOG_LEVEL: 'info',
      PORTOLAN_DATA: dataDir,
      PORT: String(port),
      ...environment,
    }
    this.child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        for (const check of this.waiting) check()
      })
    }
    this.child.on('close', () => {
      for (const check of this.waiting) check()
    })
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null
  }

  /** Waits until it has said something that matches, after `from` characters; rejects when it ends before. */
  says(what: string | RegExp, from = 0): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const said = this.output.slice(from)
        if (typeof what === 'string' ? said.includes(what) : what.test(said)) resolve()
        else if (this.ended) reject(new Error(`It ended without saying ${what}:\n${this.output.slice(-4_000)}`))
        else return
        this.waiting.delete(check)
      }
      this.waiting.add(check)
      check()
    })
  }

  /** Waits for its end and answers its exit code. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (this.ended) return this.child.exitCode
    const closed = once(this.child, 'exit')
    if (signal) this.child.kill(signal)
    await closed
    return this.child.exitCode
  }
}

/** The processes that work for this data folder, by the program they run. */
function processesOf(dataDir: string): Record<string, number> {
  const found: Record<string, number> = {}
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (environment.includes(`PORTOLAN_DATA=${dataDir}\0`)) found[command[1] ?? ''] = Number(pid)
      else if (
        command[0]?.endsWith('/postgres') &&
        readlinkSync(`/proc/${pid}/cwd`) === join(dataDir, 'database') &&
        command.includes('-D')
      )
        found.postmaster = Number(pid)
    } catch (error) {
      if (!['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
  return found
}

async function query(dataDir: string, sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: embeddedDatabaseUrl(dataDir) })
  await client.connect()
  try {
    return await client.query(sql, values)
  } finally {
    await client.end()
  }
}

async function health(port: number): Promise<number> {
  return (await fetch(`http://localhost:${port}/api/ready`)).status
}

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  let dataDir: string
  let port: number
  const starts: Start[] = []
  const start = (environment?: Record<string, string>, at = port): Start => {
    const made = new Start(dataDir, at, environment)
    starts.push(made)
    return made
  }

  beforeEach(async () => {
    port = await freePort()
  })
  afterEach(async () => {
    for (const one of starts.splice(0)) await one.end('SIGTERM')
  })

  describe('on one data folder', () => {
    beforeAll(() => {
      dataDir = mkdtempSync(join(tmpdir(), 'portolan-start-'))
    })
    afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

    it('prints the address and a one-time link, and ends cleanly on Ctrl-C', { timeout: buildWithinMs }, async () => {
      const first = start()
      await first.says('Ctrl-C ends it.')
      expect(first.output).toContain(`Portolan is ready: http://localhost:${port}`)
      const link = first.output.match(/http:\S+\/setup\?token=\S+/)?.[0]
      expect(link).toBeDefined()
      expect(readFileSync(join(dataDir, 'setup-link'), 'utf8').trim()).toBe(link)
      for (const file of ['setup-link', 'keys']) expect(statSync(join(dataDir, file)).mode & 0o777, file).toBe(0o600)
      expect(await health(port)).toBe(200)
      expect(await first.end('SIGINT')).toBe(0)
      expect(processesOf(dataDir)).toEqual({})
      expect(existsSync(join(dataDir, 'database/postmaster.pid'))).toBe(false)
    })

    it('says in one sentence that the port is in use, and that it already runs', { timeout: buildWithinMs }, async () => {
      const holder = createServer().listen(port, '127.0.0.1')
      await once(holder, 'listening')
      const refused = start()
      expect(await refused.end()).toBe(1)
      expect(refused.output).toContain(`✗ Port ${port} is in use by another program.`)
      holder.close()
      await once(holder, 'close')
      const running = start()
      await running.says('Ctrl-C ends it.')
      const second = start({}, await freePort())
      expect(await second.end()).toBe(1)
      expect(second.output).toMatch(/✗ Portolan already runs on the data folder .* \(process \d+\)/)
    })

    it('starts each killed part again, and nothing that was written is lost', { timeout: buildWithinMs }, async () => {
      const running = start()
      await running.says('Ctrl-C ends it.')
      await query(dataDir, "INSERT INTO installation (name, value) VALUES ('mark', '42') ON CONFLICT (name) DO NOTHING")
      for (const [part, again] of [
        ['sync.ts', /sync ended unexpectedly[^]*sync is ready/],
        ['server.ts', /web ended unexpectedly[^]*web is ready/],
        ['scripts/postgres.ts', /postgres ended unexpectedly[^]*"adopted":true/],
        ['postmaster', /PostgreSQL ended by itself[^]*PostgreSQL is ready/],
      ] as const) {
        const from = running.output.length
        process.kill(processesOf(dataDir)[part]!, 'SIGKILL')
        await running.says(again, from)
      }
      expect((await query(dataDir, "SELECT value FROM installation WHERE name = 'mark'")).rows).toEqual([{ value: 42 }])
      expect(await health(port)).toBe(200)
    })

    it('repairs what a killed start left, and adopts its PostgreSQL', { timeout: buildWithinMs }, async () => {
      const killed = start()
      await killed.says('Ctrl-C ends it.')
      const { 'scripts/postgres.ts': holder, postmaster } = processesOf(dataDir)
      process.kill(holder!, 'SIGSTOP') // so that it cannot end PostgreSQL on seeing its supervisor go
      await killed.end('SIGKILL')
      process.kill(holder!, 'SIGKILL')
      const next = start()
      await next.says('Ctrl-C ends it.')
      expect(next.output).toContain('The last start did not end cleanly')
      expect(next.output).toContain('"adopted":true')
      expect(processesOf(dataDir).postmaster).toBe(postmaster)
      expect(await next.end('SIGINT')).toBe(0)
      expect(processesOf(dataDir)).toEqual({})
    })

    it('refuses the wrong key and a missing one', { timeout: buildWithinMs }, async () => {
      const wrong = start({ PORTOLAN_SECRET_KEYS: randomBytes(32).toString('base64') })
      expect(await wrong.end()).toBe(1)
      expect(wrong.output).toContain('✗ The key in PORTOLAN_SECRET_KEYS is the wrong key for this database')
      renameSync(join(dataDir, 'keys'), join(dataDir, 'keys.away'))
      const missing = start()
      expect(await missing.end()).toBe(1)
      expect(missing.output).toContain('✗ The key of this database is missing')
      expect(existsSync(join(dataDir, 'keys'))).toBe(false)
      renameSync(join(dataDir, 'keys.away'), join(dataDir, 'keys'))
    })

    it('refuses a database that a newer Portolan wrote', { timeout: buildWithinMs }, async () => {
      const running = start()
      await running.says('Ctrl-C ends it.')
      await query(
        dataDir,
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99990101000000_later', now())",
      )
      await running.end('SIGINT')
      const older = start()
      expect(await older.end()).toBe(1)
      expect(older.output).toContain('✗ This database was written by a newer Portolan')
      expect(processesOf(dataDir)).toEqual({})
    })
  })

  it('names a setting that is wrong', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'portolan-start-'))
    const wrong = start({ PORTOLAN_URL: 'portolan.example.org' })
    expect(await wrong.end()).toBe(1)
    expect(wrong.output).toMatch(/✗ These settings are wrong. PORTOLAN_URL: must be an address/)
    rmSync(dataDir, { recursive: true, force: true })
  })

  it.skipIf(!isRoot)('refuses the data folder of another user (needs root to make one)', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'portolan-start-'))
    chownSync(dataDir, 12_345, 12_345)
    const refused = start()
    expect(await refused.end()).toBe(1)
    expect(refused.output).toContain(`✗ The data folder ${dataDir} belongs to another user (uid 12345)`)
    rmSync(dataDir, { recursive: true, force: true })
  })

  it.skipIf(!isRoot)('says that the disk is full (needs root to make a small one)', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'portolan-start-'))
    chmodSync(dataDir, 0o755)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', dataDir])
    try {
      writeFileSync(join(dataDir, 'ballast'), Buffer.alloc(19 * 2 ** 20))
      const refused = start()
      expect(await refused.end()).toBe(1)
      expect(refused.output).toMatch(/✗ The disk of .* is full: \d+ MB are free/)
    } finally {
      execFileSync('umount', [dataDir])
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})
