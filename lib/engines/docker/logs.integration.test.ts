import { expect, it, vi } from 'vitest'
import { describeEachDocker } from '../../../e2e/engines/docker/each.ts'
import type { TestDocker } from '../../../e2e/engines/docker/start.ts'
import { proxyTo } from '../../../e2e/engines/proxy.ts'
import type { LogFrame, LogOptions } from '../engine.ts'
import { docker as engine } from './index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '3000')

const soon = () => AbortSignal.timeout(20_000)

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

describeEachDocker('its logs', engine, (given) => {
  it('resumes a log over broken connections without losing or doubling a line', async () => {
    const { docker, dockerd } = given()
    const count = 30_000
    // Two writers, so that instants repeat and overlap; paced, so that connections break in the middle.
    const script = `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo $i; [ $((i % 3000)) = 0 ] && sleep 0.2; done`
    await docker(['run', '--detach', '--name', 'talker', 'portolan/busybox:1', 'sh', '-c', script])
    const proxy = await proxyTo(dockerd.socket)
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
    const { docker, connection } = given()
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
    const { docker, connection } = given()
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

  it('says how a life ended that was over, and the next one begun, before anybody looked', async () => {
    const { docker, connection } = given()
    await docker(['run', '--detach', '--name', 'quick', 'portolan/busybox:1', 'sh', '-c', 'echo hello; exec sleep 1000'])
    const frames = connection.logs('docker/containers', 'quick', everything, soon())[Symbol.asyncIterator]()
    await frames.next()
    await docker(['restart', '--time', '0', 'quick'])
    expect((await frames.next()).value).toMatchObject({ type: 'mark', mark: 'ended', params: { exitCode: 137 } })
    await frames.return?.()
    await docker(['rm', '--force', 'quick'])
  })

  it('keeps stdout and stderr apart, cuts endless lines, and reads a terminal', async () => {
    const { docker, connection } = given()
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
})

async function untilLog(docker: TestDocker['docker'], name: string, text: string): Promise<void> {
  while (!(await docker(['logs', '--tail', '1', name])).includes(text));
}
