import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { dockerBench, patient } from '../../../e2e/engines/docker/bench.ts'
import { untilState } from '../../../e2e/engines/docker/sample.ts'
import type { TestDocker } from '../../../e2e/engines/docker/start.ts'
import { proxyTo } from '../../../e2e/engines/proxy.ts'
import { Watch } from '../../../e2e/engines/watch.ts'
import type { Connection, LogFrame, LogOptions } from '../engine.ts'
import { docker as engine } from './index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '3000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')

const missing = inject('docker')
const soon = () => AbortSignal.timeout(20_000)

describe.skipIf('missing' in missing)('Docker itself', () => {
  let bench: Awaited<ReturnType<typeof dockerBench>>
  let connection: Connection

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

  it('tells at once what the engine remembers from before, and what it was of', async () => {
    const { docker } = bench.dockerd
    await docker(['run', '--detach', '--name', 'earlier', 'portolan/busybox:1', 'sh', '-c', 'exit 5'])
    await docker(['wait', 'earlier'])
    await docker(['rm', 'earlier'])
    const watch = new Watch(
      connection,
      engine.kinds.map((kind) => kind.name),
    )
    await watch.until(() => watch.events.includes('destroy earlier'))
    expect(watch.events).toEqual(expect.arrayContaining(['create earlier', 'start earlier', 'die earlier']))
    await watch.stop()
  })

  it('tells images apart, each by its own tag', async () => {
    const tags = ['portolan/busybox:1', 'web:1.4', 'worker:2.0', 'db:16']
    const watch = new Watch(connection, ['docker/images'])
    await watch.until(() => watch.complete.has('docker/images'))
    const images = [...watch.rows.values()].filter(({ summary }) => tags.includes(summary.name))
    expect(images.map(({ summary }) => summary.name).toSorted()).toEqual(tags.toSorted())
    expect(new Set(images.map(({ summary }) => summary.facts['size'])).size).toBe(tags.length)
    await watch.stop()
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
    // A machine under load gives it little; told in percent it would be above the upper bound.
    expect(last.values['cpu']).toBeGreaterThan(0.02)
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
