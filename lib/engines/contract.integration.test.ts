import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { untilState } from '../../e2e/engines/docker/sample.ts'
import { startDocker, type TestDocker } from '../../e2e/engines/docker/start.ts'
import { proxyTo } from '../../e2e/engines/proxy.ts'
import type { Connection, Engine, Followed, LogFrame, LogOptions, Observed } from './engine.ts'
import { engines, kindOf } from './index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '3000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')

const canary = 'canary-5b1e-hunter2'
const missing = inject('docker')

/** What a test does to an engine behind Portolan's back, and what it may ask of each kind. */
interface Bench {
  connect(): Connection
  restart(): Promise<void>
  stop(): Promise<void>
  specimens: Record<string, Specimen>
}
interface Specimen {
  /** Makes one and answers the name that it is to have. */
  make(name: string): Promise<void>
  destroy(name: string): Promise<void>
  /** For each action: makes one on which it is possible; with `blocked`, one on which it is not. */
  actions: Record<
    string,
    {
      prepare(name: string): Promise<void>
      input?: unknown
      done(after: Observed | null): boolean
      blocked?: (name: string) => Promise<void>
    }
  >
}

const patient = ['--stop-signal', 'KILL', 'portolan/busybox:1', 'sleep', '1000']

async function dockerBench(engine: Engine): Promise<Bench & { dockerd: TestDocker }> {
  const dockerd = await startDocker({ tls: true, name: 'dockerd of the contract' })
  const { docker } = dockerd
  const run = async (name: string, ...options: string[]) => void (await docker(['run', '--detach', '--name', name, ...options, ...patient]))
  const create = async (name: string) => void (await docker(['create', '--name', name, ...patient]))
  const paused = async (name: string) => {
    await run(name)
    await docker(['pause', name])
  }
  const status = (wanted: string) => (after: Observed | null) => after?.summary.facts['status'] === wanted
  const isGone = (after: Observed | null) => after === null
  const tagged = async (name: string) => void (await docker(['commit', await docker(['create', 'portolan/busybox:1']), name]))
  return {
    dockerd,
    connect: () => engine.connect({ transport: 'socket', path: dockerd.socket }, null),
    restart: () => dockerd.restart(),
    stop: () => dockerd.stop(),
    specimens: {
      'docker/containers': {
        make: (name) => run(name, '--env', `DB_PASSWORD=${canary}`, '--label', `api-token=${canary}`),
        destroy: async (name) => void (await docker(['rm', '--force', name])),
        actions: {
          start: { prepare: create, done: status('running'), blocked: run },
          stop: { prepare: run, input: { graceSeconds: 1 }, done: status('exited'), blocked: create },
          restart: { prepare: run, input: { graceSeconds: 0 }, done: status('running'), blocked: paused },
          pause: { prepare: run, done: status('paused'), blocked: paused },
          unpause: { prepare: paused, done: status('running'), blocked: run },
          kill: { prepare: run, input: { signal: 'SIGKILL' }, done: status('exited'), blocked: create },
          rename: { prepare: run, input: { name: 'renamed' }, done: isGone },
          remove: { prepare: run, input: { force: true, volumes: true }, done: isGone },
        },
      },
      'docker/images': {
        make: tagged,
        destroy: async (name) => void (await docker(['rmi', name])),
        actions: {
          remove: {
            prepare: tagged,
            done: isGone,
            blocked: async (name) => {
              await tagged(name)
              await docker(['create', name])
            },
          },
        },
      },
      'docker/volumes': {
        make: async (name) => void (await docker(['volume', 'create', name])),
        destroy: async (name) => void (await docker(['volume', 'rm', name])),
        actions: {
          remove: {
            prepare: async (name) => void (await docker(['volume', 'create', name])),
            done: isGone,
            blocked: async (name) => void (await docker(['create', '--volume', `${name}:/data`, 'portolan/busybox:1'])),
          },
        },
      },
      'docker/networks': {
        make: async (name) => void (await docker(['network', 'create', name])),
        destroy: async (name) => void (await docker(['network', 'rm', name])),
        actions: {
          remove: {
            prepare: async (name) => void (await docker(['network', 'create', name])),
            done: isGone,
            blocked: async (name) => {
              await docker(['network', 'create', name])
              await run(`${name}-lodger`, '--network', name)
            },
          },
        },
      },
    },
  }
}

const benches: Record<string, (engine: Engine) => Promise<Bench>> = { docker: dockerBench }

/** Follows in the background and keeps what was said, as the inventory would. */
class Watch {
  readonly rows = new Map<string, Observed>()
  readonly events: string[] = []
  readonly cursors: Record<string, string> = {}
  complete = new Set<string>()
  alive = 0
  readonly ended: Promise<unknown>
  readonly #controller = new AbortController()
  #waiting: (() => void)[] = []

  constructor(connection: Connection, kinds: readonly string[], cursors: Record<string, string> = {}) {
    this.ended = this.#run(connection.follow(kinds, cursors, this.#controller.signal))
  }

  async #run(followed: AsyncIterable<Followed>): Promise<unknown> {
    try {
      for await (const one of followed) this.#take(one)
      return null
    } catch (failure) {
      return failure
    }
  }

  #take(one: Followed): void {
    if (one.type === 'alive') this.alive++
    if (one.type === 'events') this.events.push(...one.events.map((event) => `${event.action} ${event.name}`))
    if (one.type === 'batch') {
      const { kind, upserts, deletes, complete, cursor } = one.batch
      if (complete) for (const id of this.rows.keys()) if (id.startsWith(`${kind} `)) this.rows.delete(id)
      if (complete) this.complete.add(kind)
      for (const key of deletes) this.rows.delete(`${kind} ${key}`)
      for (const observed of upserts) this.rows.set(`${kind} ${observed.summary.key}`, observed)
      if (cursor) this.cursors[kind] = cursor
    }
    for (const wake of this.#waiting.splice(0)) wake()
  }

  named(kind: string, name: string): Observed | undefined {
    return [...this.rows].find(
      ([id, { summary }]) =>
        id.startsWith(`${kind} `) &&
        (summary.name === name || (summary.images.some((image) => image.startsWith(`${name}:`)) && kind.endsWith('images'))),
    )?.[1]
  }

  /** Waits for what is said next until it is so; the test's own time-out ends it. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  async stop(): Promise<void> {
    this.#controller.abort()
    await this.ended
  }
}

const soon = () => AbortSignal.timeout(20_000)
let counter = 0
const fresh = (stem: string) => `${stem.replaceAll(/[^a-z]/g, '')}-${++counter}`

describe.skipIf('missing' in missing).each(engines.map((engine) => [engine.name, engine] as const))('the contract of %s', (_, engine) => {
  let bench: Bench
  let connection: Connection
  const kinds = engine.kinds.map((kind) => kind.name)
  const followable = engine.kinds.filter((kind) => kind.category !== 'event')
  const specimen = (kind: string): Specimen => bench.specimens[kind] ?? expect.fail(`no specimen of ${kind}`)

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
    bench = await benches[engine.name]!(engine)
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

  it('tells everything first, then what appears and what goes, and is alive in between', async () => {
    const before = fresh('before')
    for (const kind of followable) await specimen(kind.name).make(`${before}-${kind.plural}`)
    const watch = new Watch(connection, kinds)
    await watch.until(() => followable.every((kind) => watch.complete.has(kind.name)))
    for (const kind of followable) expect(watch.named(kind.name, `${before}-${kind.plural}`), kind.name).toBeDefined()
    for (const kind of followable) {
      const name = fresh(kind.plural)
      await specimen(kind.name).make(name)
      await watch.until(() => watch.named(kind.name, name) !== undefined)
      await specimen(kind.name).destroy(name)
      await watch.until(() => watch.named(kind.name, name) === undefined)
      await specimen(kind.name).destroy(`${before}-${kind.plural}`)
      await watch.until(() => watch.named(kind.name, `${before}-${kind.plural}`) === undefined)
    }
    const alive = watch.alive
    await watch.until(() => watch.alive > alive + 1)
    await watch.stop()
    expect(await watch.ended).toBeNull()
    expect(watch.events.length).toBeGreaterThan(0)
  })

  it('reads one object as the list tells it, and not what is not there', async () => {
    for (const kind of followable) {
      const name = fresh('read')
      await specimen(kind.name).make(name)
      const listed = await find(kind.name, name)
      const read = await connection.read(kind.name, listed.summary.key, soon())
      expect({ ...read.summary, version: '', labels: {}, searchTerms: [] }, kind.name).toEqual({
        ...listed.summary,
        version: '',
        labels: {},
        searchTerms: [],
      })
      await expect(connection.read(kind.name, 'nobody-has-this-name', soon())).rejects.toMatchObject({ code: 'not_found' })
      await specimen(kind.name).destroy(name)
    }
  })

  it('never lets a secret out', async () => {
    const name = fresh('secret')
    await specimen(followable[0]!.name).make(name)
    const watch = new Watch(connection, kinds)
    await watch.until(() => watch.named(followable[0]!.name, name) !== undefined)
    await watch.stop()
    expect(JSON.stringify([...watch.rows.values(), watch.events])).not.toContain(canary)
    expect(JSON.stringify(watch.named(followable[0]!.name, name)!.document)).toMatch(/DB_PASSWORD=•[0-9a-f]{8}/)
    await specimen(followable[0]!.name).destroy(name)
  })

  const actions = followable.flatMap((kind) => kind.actions.map((action) => [kind.name, action.name] as const))

  it.each(actions)('%s: %s does what it says, not to another life, and not when it is blocked', async (kind, action) => {
    const { prepare, input = null, done, blocked } = specimen(kind).actions[action] ?? expect.fail(`no specimen for ${action}`)
    const name = fresh('act')
    await prepare(name)
    const { summary } = await find(kind, name)
    const request = { kind, key: summary.key, uid: summary.uid, action, input }
    expect(Array.isArray(await connection.consequences(kind, summary.key, action, soon()))).toBe(true)
    await expect(connection.act({ ...request, uid: 'another life' }, () => undefined, soon())).rejects.toMatchObject({ code: 'conflict' })
    await connection.act(request, () => undefined, soon())
    expect(done(await readOrNull(kind, summary.key))).toBe(true)
    if (!blocked) return
    const off = fresh('blocked')
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
    const { summary } = await find('docker/containers', 'renamed')
    const request = { kind: 'docker/containers', key: summary.key, uid: summary.uid }
    await expect(
      connection.act({ ...request, action: 'stop', input: { graceSeconds: -1 } }, () => undefined, soon()),
    ).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(connection.act({ ...request, action: 'dance', input: {} }, () => undefined, soon())).rejects.toMatchObject({
      code: 'unsupported',
    })
  })

  it('says that the engine is gone, and tells everything again when it is back', async () => {
    const name = fresh('survivor')
    await specimen('docker/containers').make(name)
    const watch = new Watch(connection, kinds)
    await watch.until(() => watch.named('docker/containers', name)?.summary.health === 'healthy' && Object.keys(watch.cursors).length > 0)
    const restarted = bench.restart()
    expect(await watch.ended).toMatchObject({ code: expect.stringMatching(/^engine_(unreachable|timeout)$/) as string })
    await restarted
    const again = new Watch(connection, kinds, watch.cursors)
    await again.until(() => followable.every((kind) => again.complete.has(kind.name)))
    expect(again.named('docker/containers', name)?.summary.state.code).toBe('stopped')
    await again.stop()
  })
})

describe.skipIf('missing' in missing)('Docker itself', () => {
  let bench: Awaited<ReturnType<typeof dockerBench>>
  let connection: Connection
  const engine = engines.find(({ name }) => name === 'docker')!

  beforeAll(async () => {
    bench = await dockerBench(engine)
    connection = bench.connect()
  })
  afterAll(async () => {
    connection?.close()
    await bench?.stop()
  })

  it('tells every state of a container with its reason', async () => {
    const { docker } = bench.dockerd
    const make = (name: string, ...rest: string[]) => docker(['run', '--detach', '--name', name, ...rest])
    await make('crashing', '--restart', 'always', 'portolan/busybox:1', 'sh', '-c', 'exit 3')
    await make(
      'ill',
      '--stop-signal',
      'KILL',
      '--health-cmd',
      'echo no answer; exit 1',
      '--health-interval',
      '500ms',
      '--health-retries',
      '1',
      'portolan/busybox:1',
      'sleep',
      '1000',
    )
    await make('hungry', '--memory', '12m', 'portolan/busybox:1', 'tail', '/dev/zero')
    await make('done', 'portolan/busybox:1', 'true')
    await make('wrong', 'portolan/busybox:1', 'sh', '-c', 'exit 7')
    await make('halted', ...patient)
    await docker(['stop', 'halted'])
    await docker(['create', '--name', 'lost', 'portolan/busybox:1', 'no-such-program'])
    await expect(docker(['start', 'lost'])).rejects.toThrow()
    const watch = new Watch(connection, ['docker/containers'])
    const verdict = (name: string) => {
      const row = watch.named('docker/containers', name)?.summary
      return row && { health: row.health, state: row.state.code, reason: row.reason?.code }
    }
    await watch.until(
      () =>
        verdict('ill')?.state === 'unhealthy' &&
        (watch.named('docker/containers', 'crashing')?.summary.facts['restarts'] as number) > 1 &&
        verdict('hungry')?.state === 'oom-killed',
    )
    expect(verdict('crashing')).toEqual({ health: 'failing', state: 'crash-loop', reason: 'restarts-again-and-again' })
    expect(verdict('ill')).toEqual({ health: 'failing', state: 'unhealthy', reason: 'health-check-failed' })
    expect(watch.named('docker/containers', 'ill')?.summary.reason?.words).toBe('no answer')
    expect(verdict('hungry')).toEqual({ health: 'failing', state: 'oom-killed', reason: 'killed-for-memory' })
    expect(verdict('done')).toEqual({ health: 'completed', state: 'completed', reason: 'exited-cleanly' })
    expect(verdict('wrong')).toEqual({ health: 'failing', state: 'exited', reason: 'exited-with' })
    expect(verdict('halted')).toEqual({ health: 'stopped', state: 'stopped', reason: 'ended-by-signal' })
    expect(verdict('lost')).toEqual({ health: 'failing', state: 'start-failed', reason: 'engine-could-not-start' })
    await watch.stop()
    await docker(['rm', '--force', 'crashing', 'ill', 'hungry', 'done', 'wrong', 'halted', 'lost'])
  })

  it('counts who uses what, as containers come and go', async () => {
    const { docker } = bench.dockerd
    await docker(['network', 'create', 'counted'])
    await docker(['volume', 'create', 'counted'])
    const watch = new Watch(
      connection,
      engine.kinds.map((kind) => kind.name),
    )
    const usedBy = (kind: string) => watch.named(kind, 'counted')?.summary.facts['usedBy']
    await watch.until(() => usedBy('docker/networks') === 0 && usedBy('docker/volumes') === 0)
    await docker(['run', '--detach', '--name', 'user', '--network', 'counted', '--volume', 'counted:/data', ...patient])
    await watch.until(() => usedBy('docker/networks') === 1 && usedBy('docker/volumes') === 1)
    await docker(['stop', 'user'])
    await watch.until(() => usedBy('docker/networks') === 0)
    expect(usedBy('docker/volumes')).toBe(1)
    await docker(['rename', 'user', 'renamed-user'])
    await watch.until(() => watch.named('docker/containers', 'renamed-user') !== undefined)
    expect(watch.named('docker/containers', 'user')).toBeUndefined()
    await docker(['rm', 'renamed-user'])
    await watch.until(() => usedBy('docker/volumes') === 0)
    await watch.stop()
  })

  const collect = async (frames: AsyncIterable<LogFrame>, isEnough: (lines: string[], marks: string[]) => boolean) => {
    const lines: string[] = []
    const marks: string[] = []
    let cursor = ''
    try {
      for await (const frame of frames) {
        if (frame.type === 'mark') marks.push(frame.mark)
        else {
          lines.push(...frame.lines.map((line) => line.text))
          cursor = frame.cursor
        }
        if (isEnough(lines, marks)) break
      }
    } catch (failure) {
      return { lines, marks, cursor, failure }
    }
    return { lines, marks, cursor, failure: null }
  }
  const everything: LogOptions = { follow: true, stdout: true, stderr: true }
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1))

  it('resumes a log over broken connections without losing or doubling a line', async () => {
    const { docker, socket } = bench.dockerd
    const count = 30_000
    // Two writers, so that instants repeat and overlap; paced, so that connections break in the middle.
    const script = `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo $i; [ $((i % 3000)) = 0 ] && sleep 0.2; done`
    await docker(['run', '--detach', '--name', 'talker', 'portolan/busybox:1', 'sh', '-c', script])
    const proxy = await proxyTo(socket)
    const through = engine.connect({ transport: 'tcp', host: proxy.host, port: proxy.port }, null)
    const lines: string[] = []
    let cursor: string | undefined
    let breaks = 0
    while (lines.length < count) {
      const target = lines.length + count / 7
      const part = await collect(through.logs('docker/containers', 'talker', { ...everything, cursor }, soon()), (seen) => {
        if (lines.length + seen.length >= target && lines.length + seen.length < count) proxy.cut()
        return lines.length + seen.length >= count
      })
      lines.push(...part.lines)
      cursor = part.cursor || cursor
      if (part.failure) breaks++
    }
    expect(lines).toEqual(numbers(count))
    expect(breaks).toBeGreaterThanOrEqual(4)
    through.close()
    await proxy.close()
    await docker(['rm', '--force', 'talker'])
  })

  it('marks the lines that the engine no longer has', async () => {
    const { docker } = bench.dockerd
    const options = ['--log-driver', 'json-file', '--log-opt', 'max-size=20k', '--log-opt', 'max-file=1']
    await docker([
      'run',
      '--detach',
      '--name',
      'flood',
      ...options,
      'portolan/busybox:1',
      'sh',
      '-c',
      'echo first; sleep 0.5; i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo line $i; done; echo last; sleep 1000',
    ])
    const first = await collect(connection.logs('docker/containers', 'flood', everything, soon()), (lines) => lines.includes('first'))
    await untilLog(docker, 'flood', 'last')
    const after = await collect(connection.logs('docker/containers', 'flood', { ...everything, cursor: first.cursor }, soon()), (lines) =>
      lines.includes('last'),
    )
    expect(after.marks).toContain('gap')
    expect(after.lines).not.toContain('first')
    // Another container under an old name is not taken for the one whose log was read.
    await docker(['rm', '--force', 'flood'])
    await docker(['run', '--name', 'flood', 'portolan/busybox:1', 'echo', 'new'])
    const other = await collect(
      connection.logs('docker/containers', 'flood', { ...everything, cursor: first.cursor }, soon()),
      (lines) => lines.length > 0,
    )
    expect(other).toMatchObject({ marks: ['started'], lines: ['new'] })
    await docker(['rm', 'flood'])
  })

  it('goes on over a restart, with marks, and ends when the container is gone', async () => {
    const { docker } = bench.dockerd
    await docker(['run', '--detach', '--name', 'again', 'portolan/busybox:1', 'sh', '-c', 'echo hello; echo oops >&2; exit 4'])
    let started = false
    const seen = await collect(connection.logs('docker/containers', 'again', everything, soon()), (lines, marks) => {
      if (marks.includes('ended') && !started) {
        started = true
        void docker(['start', 'again'])
      }
      if (lines.length === 4 && marks.filter((mark) => mark === 'ended').length === 2) void docker(['rm', 'again'])
      return false
    })
    expect(seen.failure).toBeNull()
    expect(seen.lines.toSorted()).toEqual(['hello', 'hello', 'oops', 'oops'])
    expect(seen.marks).toEqual(['ended', 'started', 'ended'])
  })

  it('keeps stdout and stderr apart, cuts endless lines, and reads a terminal', async () => {
    const { docker } = bench.dockerd
    const long = 200_000
    await docker([
      'run',
      '--name',
      'wide',
      'portolan/busybox:1',
      'sh',
      '-c',
      `echo out; echo err >&2; head -c ${long} /dev/zero | tr '\\0' x; echo; printf 'no end'`,
    ])
    await docker(['run', '--tty', '--name', 'screen', 'portolan/busybox:1', 'sh', '-c', "printf 'a\\033[31mred\\033[0m\\nb\\n'"])
    const frames = async (name: string, options: Partial<LogOptions> = {}) => {
      const lines = []
      for await (const frame of connection.logs('docker/containers', name, { ...everything, follow: false, ...options }, soon()))
        if (frame.type === 'lines') lines.push(...frame.lines)
      return lines
    }
    const wide = await frames('wide')
    expect(wide.find((line) => line.text === 'err')?.stream).toBe('stderr')
    expect(wide.find((line) => line.text === 'out')?.stream).toBe('stdout')
    expect(wide.find((line) => line.cutFrom)?.cutFrom).toBe(long)
    expect(wide.at(-1)?.text).toBe('no end')
    expect((await frames('wide', { stdout: false })).map((line) => line.text)).toEqual(['err'])
    expect((await frames('wide', { tail: 1 })).map((line) => line.text)).toEqual(['no end'])
    expect((await frames('screen')).map((line) => line.text)).toEqual(['a\u001b[31mred\u001b[0m', 'b'])
    await docker(['rm', 'wide', 'screen'])
  })

  it('measures cores and bytes', async () => {
    const { docker } = bench.dockerd
    await docker([
      'run',
      '--detach',
      '--name',
      'busy',
      '--memory',
      '64m',
      '--stop-signal',
      'KILL',
      'portolan/busybox:1',
      'sh',
      '-c',
      'while true; do :; done',
    ])
    const samples = []
    for await (const sample of connection.metrics('docker/containers', 'busy', soon())) if (samples.push(sample) === 3) break
    const last = samples.at(-1)!
    expect(last.values['cpu']).toBeGreaterThan(0.1)
    expect(last.values['cpu']).toBeLessThan(1.5)
    expect(last.values['memory']).toBeGreaterThan(0)
    expect(last.limits['memory']).toBe(64 * 2 ** 20)
    expect(last.values['networkReceived']).toBeGreaterThanOrEqual(0)
    await docker(['rm', '--force', 'busy'])
  })

  it('says what a removal would lose', async () => {
    const { docker } = bench.dockerd
    await docker(['run', '--detach', '--name', 'loaded', '--publish', '127.0.0.1:0:80', '--volume', '/anonymous', '--volume', 'kept:/data', '--label', 'com.docker.compose.project=shop',
      '--stop-signal', 'KILL', 'portolan/busybox:1', 'sh', '-c', 'head -c 3000000 /dev/zero > /blob; sleep 1000']) // prettier-ignore
    await untilState(docker, 'loaded', '{{.State.Running}}', 'true')
    const codes = (await connection.consequences('docker/containers', 'loaded', 'remove', soon())).map((reason) => reason.code)
    expect(codes).toEqual([
      'running-needs-force',
      'ports-stop-answering',
      'logs-lost',
      'writable-layer-lost',
      'anonymous-volumes-go-on-demand',
      'named-volumes-stay',
      'compose-makes-it-anew',
    ])
    const ofVolume = await connection.consequences('docker/volumes', 'kept', 'remove', soon())
    expect(ofVolume.map((reason) => reason.code)).toEqual(['used-by-containers', expect.stringMatching(/^volume-content-lost/)])
    await docker(['rm', '--force', '--volumes', 'loaded'])
  })

  it('notices an engine that falls silent without breaking the connection', async () => {
    const proxy = await proxyTo(bench.dockerd.socket)
    const through = engine.connect({ transport: 'tcp', host: proxy.host, port: proxy.port }, null)
    const watch = new Watch(through, ['docker/containers'])
    await watch.until(() => watch.alive > 0)
    proxy.stall()
    expect(await watch.ended).toMatchObject({ code: 'engine_timeout', reason: { code: 'no-answer-in-time' } })
    through.close()
    await proxy.close()
  })
})

async function untilLog(docker: TestDocker['docker'], name: string, text: string): Promise<void> {
  while (!(await docker(['logs', '--tail', '1', name])).includes(text));
}
