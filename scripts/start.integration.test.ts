import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Start, buildWithinMs, health, processesOf, query, useStarts } from './fixtures/start.ts'
import { freePort } from '../e2e/engines/port.ts'

describe.skipIf(process.platform !== 'linux')('npm start, again and again on one data folder', () => {
  let dataDir: string
  let port: number
  const begin = useStarts()
  const start = (environment?: Record<string, string>, at = port): Start => begin(dataDir, at, environment)

  beforeEach(async () => {
    port = await freePort()
  })

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
})
