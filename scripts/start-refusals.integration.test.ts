import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Start, buildWithinMs, processesOf, query, useStarts } from './fixtures/start.ts'
import { freePort } from '../e2e/engines/port.ts'

const isRoot = process.getuid?.() === 0

describe.skipIf(process.platform !== 'linux')('npm start says in one sentence', () => {
  let dataDir: string
  let port: number
  const begin = useStarts()
  const start = (environment?: Record<string, string>, at = port): Start => begin(dataDir, at, environment)

  beforeEach(async () => {
    port = await freePort()
  })

  describe('on a data folder that was used', () => {
    beforeAll(() => {
      dataDir = mkdtempSync(join(tmpdir(), 'portolan-start-'))
    })
    afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

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
