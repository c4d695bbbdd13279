import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { canary, type Bench, type Candidate, type Specimen } from '../../e2e/engines/bench.ts'
import { dockerCandidates } from '../../e2e/engines/docker/bench.ts'
import { kubernetesCandidates } from '../../e2e/engines/kubernetes/bench.ts'
import { Screen } from '../../e2e/engines/screen.ts'
import { Watch } from '../../e2e/engines/watch.ts'
import type { Connection, Engine, Observed, TerminalOptions } from './engine.ts'
import { engines, kindOf } from './index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '3000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')

/** An engine needs its releases here, or its contract is not proven. */
const candidates: Record<string, readonly Candidate[]> = { docker: dockerCandidates, kubernetes: kubernetesCandidates }

const missingSpecimen = (of: string): never => {
  throw new Error(`The bench has no specimen of ${of}.`)
}
const soon = () => AbortSignal.timeout(20_000)
let counter = 0
const fresh = (stem: string) => `${stem.replaceAll(/[^a-z]/g, '')}-${++counter}`

for (const engine of engines)
  for (const { title, missing, start, without = [] } of candidates[engine.name]!)
    describe.skipIf(missing !== null)(`the contract of ${title}`, () => {
      contract(engine, start, without)
    })

function contract(engine: Engine, start: Candidate['start'], without: NonNullable<Candidate['without']>): void {
  let bench: Bench
  let connection: Connection
  const kinds = engine.kinds.map((kind) => kind.name)
  const followable = engine.kinds.filter((kind) => kind.category !== 'event')
  const specimen = (kind: string): Specimen => bench.specimens[kind] ?? missingSpecimen(kind)

  /** A name that nobody has, as one of this kind looks. */
  const nameOf = (kind: string, stem: string) => {
    const name = fresh(stem)
    return specimen(kind).named?.(name) ?? name
  }

  const readOrNull = (kind: string, key: string) =>
    connection.read(kind, key, soon()).catch((error: { code?: string }) => (error.code === 'not_found' ? null : Promise.reject(error)))

  /** Reads through the list, as keys are the engine's own affair. */
  async function find(kind: string, name: string): Promise<Observed> {
    const watch = new Watch(connection, [kind])
    await watch.until(() => watch.named(kind, name) !== undefined)
    await watch.stop()
    return watch.named(kind, name)!
  }

  beforeAll(async () => {
    bench = await start(engine)
    connection = bench.connect()
  })
  afterAll(async () => {
    connection?.close()
    await bench?.stop()
  })

  it('says who it is', async () => {
    const probe = await connection.probe(soon())
    expect(probe.version).toMatch(/^\d+\./)
    expect(probe.engineId).not.toBe('')
    expect(probe.latencyMs).toBeGreaterThanOrEqual(0)
  })

  it('tells everything first, then what appears and what goes, and is alive in between', { timeout: 120_000 }, async () => {
    const before = followable.map(({ name: kind }) => ({ kind, name: nameOf(kind, 'before') }))
    for (const { kind, name } of before) await specimen(kind).make(name)
    const watch = new Watch(connection, kinds)
    await watch.until(() => followable.every((kind) => watch.complete.has(kind.name)))
    for (const { kind, name } of before) expect(watch.named(kind, name), kind).toBeDefined()
    for (const { kind, name } of before) {
      const appears = nameOf(kind, 'appears')
      await specimen(kind).make(appears)
      await watch.until(() => watch.named(kind, appears) !== undefined)
      await specimen(kind).destroy(appears)
      await watch.until(() => watch.named(kind, appears) === undefined)
      await specimen(kind).destroy(name)
      await watch.until(() => watch.named(kind, name) === undefined)
    }
    const alive = watch.alive
    await watch.until(() => watch.alive > alive + 1)
    await watch.stop()
    expect(await watch.ended).toBeNull()
    expect(watch.events.length).toBeGreaterThan(0)
  })

  it('reads one object as the list tells it, and not what is not there', { timeout: 60_000 }, async () => {
    const watch = new Watch(connection, kinds)
    for (const { name: kind } of followable) {
      const name = nameOf(kind, 'read')
      await specimen(kind).make(name)
      await watch.until(() => watch.named(kind, name) !== undefined)
      // What has just been made may still be on its way to how it is to be.
      await vi.waitFor(async () => {
        const listed = watch.named(kind, name)!.summary
        const read = (await connection.read(kind, listed.key, soon())).summary
        const but = { version: '', labels: {}, searchTerms: [] }
        expect({ ...read, ...but }).toEqual({ ...listed, ...but })
      }, 10_000)
      await expect(connection.read(kind, 'nobody-has-this-name', soon()), kind).rejects.toMatchObject({ code: 'not_found' })
      await specimen(kind).destroy(name)
    }
    await watch.stop()
  })

  it('tells what its machine has and what of it is in use', async () => {
    const { cores, usedCores, memoryBytes, usedMemoryBytes, disk } = await connection.headroom(soon())
    expect(cores).toBeGreaterThan(0)
    expect(memoryBytes).toBeGreaterThan(usedMemoryBytes ?? 0)
    expect([usedCores !== null, usedMemoryBytes !== null, disk !== null]).toEqual([
      bench.measures.usage,
      bench.measures.usage,
      bench.measures.disk,
    ])
    expect(usedCores ?? 0).toBeGreaterThanOrEqual(0)
    if (bench.measures.disk) expect(disk?.find(({ part }) => part === 'images')?.bytes).toBeGreaterThan(0)
    for (const { bytes, reclaimableBytes } of disk ?? []) expect(reclaimableBytes).toBeLessThanOrEqual(bytes)
  })

  it('never lets a secret out', async () => {
    const { kind, hidden } = bench.secretive
    const name = nameOf(kind, 'secret')
    await specimen(kind).make(name)
    const watch = new Watch(connection, kinds)
    await watch.until(() => followable.every((one) => watch.complete.has(one.name)) && watch.named(kind, name) !== undefined)
    await watch.stop()
    expect(JSON.stringify([...watch.rows.values(), watch.events])).not.toContain(canary)
    expect(JSON.stringify(watch.named(kind, name)!.document)).toMatch(hidden)
    await specimen(kind).destroy(name)
  })

  const actions = followable.flatMap((kind) => kind.actions.map((action) => [kind.name, action.name] as const))

  it.each(actions)('%s: %s does what it says, not to another life, and not when it is blocked', async (kind, action) => {
    const { prepare, input = null, done, blocked } = specimen(kind).actions[action] ?? missingSpecimen(`${kind} ${action}`)
    const name = nameOf(kind, 'act')
    await prepare(name)
    const { summary } = await find(kind, name)
    const request = { kind, key: summary.key, uid: summary.uid, action, input }
    expect(Array.isArray(await connection.consequences(kind, summary.key, action, soon()))).toBe(true)
    await expect(connection.act({ ...request, uid: 'another life' }, () => undefined, soon())).rejects.toMatchObject({ code: 'conflict' })
    await connection.act(request, () => undefined, soon())
    // Some engines answer before it is done.
    await expect.poll(async () => done(await readOrNull(kind, summary.key)), { timeout: 15_000 }).toBe(true)
    if (!blocked) return
    const off = nameOf(kind, 'blocked')
    await blocked(off)
    const other = await find(kind, off)
    const code = kindOf(kind)
      .actions.find((one) => one.name === action)
      ?.blockedBy(other.summary)
    expect(code, 'the row says why').toBeTypeOf('string')
    await expect(
      connection.act({ kind, key: other.summary.key, uid: other.summary.uid, action, input }, () => undefined, soon()),
    ).rejects.toMatchObject({
      code: 'blocked',
      reason: { code },
    })
  })

  it('refuses an input that its schema refuses, and an action that nobody knows', async () => {
    const { kind, action, input } = bench.refused
    const name = nameOf(kind, 'refused')
    await specimen(kind).make(name)
    const { summary } = await find(kind, name)
    const request = { kind, key: summary.key, uid: summary.uid }
    await expect(connection.act({ ...request, action, input }, () => undefined, soon())).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(connection.act({ ...request, action: 'dance', input: {} }, () => undefined, soon())).rejects.toMatchObject({
      code: 'unsupported',
    })
  })

  const withTerminal = engine.kinds.filter((kind) => kind.streams.includes('terminal'))

  describe.each(withTerminal.map((kind) => kind.name))('a terminal in %s', (kind) => {
    const size = { columns: 90, rows: 33 }
    async function open(name: string, more: Partial<TerminalOptions> = {}) {
      const { summary } = await find(kind, name)
      const options = { uid: summary.uid, mode: 'exec' as const, command: null, user: null, workingDirectory: null, size, ...more }
      const terminal = await connection.terminal(kind, summary.key, options, soon())
      return new Screen(terminal)
    }
    /** Some engines answer before it runs. */
    const runs = async (name: string) => {
      const watch = new Watch(connection, [kind])
      await watch.until(() => {
        const row = watch.named(kind, name)?.summary
        return row !== undefined && kindOf(kind).terminalBlockedBy?.(row) === undefined
      })
      await watch.stop()
    }
    const made = async () => {
      const name = fresh('shell')
      await specimen(kind).make(name)
      await runs(name)
      return name
    }

    it('runs the shell that exists, echoes, has a size, and ends with an exit code', async () => {
      const name = await made()
      const screen = await open(name)
      expect(screen.terminal.program).toMatch(/sh$/)
      screen.type('stty size; echo $((40 + 2))\r')
      await screen.until('33 90')
      await screen.until(/^42/m)
      expect(screen.text, 'what is typed is echoed').toContain('stty size; echo $((40 + 2))')
      await screen.terminal.resize({ columns: 70, rows: 20 })
      screen.type('stty size\r')
      await screen.until('20 70')
      screen.type('exit 7\r')
      await screen.ended
      expect(await screen.terminal.ended()).toEqual({ what: 'program', exitCode: 7 })
      await specimen(kind).destroy(name)
    })

    it('runs a program as a user in a folder, and says when there is none of that name', async () => {
      const name = await made()
      const command = ['sh', '-c', 'id -u; pwd']
      const elsewhere = { command, user: 'nobody', workingDirectory: '/tmp' }
      if (!bench.terminalAs) await expect(open(name, elsewhere)).rejects.toMatchObject({ code: 'invalid_input' })
      const screen = await open(name, bench.terminalAs ? elsewhere : { command })
      await screen.ended
      expect(screen.text).toBe(bench.terminalAs ? '65534\r\n/tmp\r\n' : '0\r\n/\r\n')
      expect(await screen.terminal.ended()).toEqual({ what: 'program', exitCode: 0 })
      const missing = await open(name, { command: ['/no/such/program'] }).then(
        async (opened) => {
          await opened.ended
          return `${opened.text} ${(await opened.terminal.ended()).exitCode}`
        },
        (failure: Error) => failure.message,
      )
      expect(missing).toMatch(/no such file|holds no \/no\/such\/program/)
      await specimen(kind).destroy(name)
    })

    it('ends with what it runs in, and tells that from a program that ended', async () => {
      const name = await made()
      const screen = await open(name)
      screen.type('echo ready\r')
      await screen.until(/^ready/m)
      await specimen(kind).destroy(name)
      await screen.ended
      expect(await screen.terminal.ended()).toMatchObject({ what: 'resource' })
    })

    it.skipIf(without.includes('nothing left running'))(
      'leaves nothing running when it is closed, not even what hears neither end nor interrupt',
      async () => {
        const name = await made()
        const screen = await open(name)
        screen.type(`trap '' INT; sleep 7654 </dev/null &\r`)
        screen.type('stty raw -isig; sleep 8765\r')
        const other = await open(name)
        const running = async () => {
          const mark = `mark-${++counter}`
          other.type(`ps | grep -c '[s]leep [78]'; echo ${mark.replace('-', '-""')}\r`)
          await other.until(new RegExp(`^${mark}`, 'm'))
          return Number(/(\d)\r\n[^\n]*$/.exec(other.text.slice(0, other.text.search(new RegExp(`^${mark}`, 'm'))))?.[1])
        }
        while ((await running()) < 2);
        screen.terminal.close()
        while ((await running()) > 0);
        expect(await running()).toBe(0)
        other.terminal.close()
        await other.ended
        await specimen(kind).destroy(name)
      },
    )

    it('is not opened in another life, nor in what does not run', async () => {
      const name = await made()
      await expect(open(name, { uid: 'another life' })).rejects.toMatchObject({ code: 'conflict' })
      const off = fresh('blocked')
      await bench.asleep(off)
      await expect(open(off)).rejects.toMatchObject({ code: 'blocked' })
      const { summary } = await find(kind, off)
      expect(kindOf(kind).terminalBlockedBy?.(summary)).toBeTypeOf('string')
      await specimen(kind).destroy(name)
    })

    it('joins the main program, and lets go of it without ending it', async () => {
      const name = fresh('main')
      await bench.mainProgram(name)
      await runs(name)
      const screen = await open(name, { mode: 'attach' })
      screen.type('echo $((40 + 2))\r')
      await screen.until(/^42/m)
      screen.terminal.close()
      const again = await open(name, { mode: 'attach' })
      again.type('exit 5\r')
      await again.ended
      expect(await again.terminal.ended()).toEqual({ what: 'resource', exitCode: 5 })
      await specimen(kind).destroy(name)
    })
  })

  it('says that the engine is gone, and goes on when it is back', async () => {
    const { kind, stateAfter } = bench.survivor
    const name = nameOf(kind, 'survivor')
    await specimen(kind).make(name)
    const watch = new Watch(connection, kinds)
    await watch.until(() => watch.named(kind, name)?.summary.health === 'healthy' && Object.keys(watch.cursors).length > 0)
    const restarted = bench.restart()
    expect(await watch.ended).toMatchObject({ code: expect.stringMatching(/^engine_(unreachable|timeout)$/) as string })
    await restarted
    const again = new Watch(connection, kinds, watch.cursors)
    // One that goes on behind its last cursor tells what is different alone.
    await again.until(() => (again.named(kind, name) ?? watch.named(kind, name))?.summary.state.code === stateAfter)
    const next = nameOf(kind, 'next')
    await specimen(kind).make(next)
    await again.until(() => again.named(kind, next) !== undefined)
    await again.stop()
  })
}
