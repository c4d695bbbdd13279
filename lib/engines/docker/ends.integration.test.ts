import { afterEach, describe, expect, it, vi } from 'vitest'
import { missingForDocker } from '../../../e2e/engines/docker/releases.ts'
import { startDocker, type TestDocker } from '../../../e2e/engines/docker/start.ts'
import { asTruth, truthOf } from '../../../e2e/engines/docker/truth.ts'
import { Screen } from '../../../e2e/engines/screen.ts'
import { Watch } from '../../../e2e/engines/watch.ts'
import type { AppError } from '../../errors/index.ts'
import type { Connection, LogFrame } from '../engine.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
const { docker: engine } = await import('./index.ts')

const kinds = engine.kinds.map((kind) => kind.name)
const containers = 'docker/containers'
const unaborted = new AbortController().signal
const soon = () => AbortSignal.timeout(20_000)

/** A log that is read in the background, as far as it came. */
class Reader {
  readonly lines: string[] = []
  cursor: string | undefined
  readonly ended: Promise<unknown>

  constructor(frames: AsyncIterable<LogFrame>) {
    this.ended = this.#read(frames)
  }

  async #read(frames: AsyncIterable<LogFrame>): Promise<unknown> {
    try {
      for await (const frame of frames) {
        if (frame.type !== 'lines') continue
        this.lines.push(...frame.lines.map((line) => line.text))
        this.cursor = frame.cursor
      }
      return null
    } catch (failure) {
      return failure
    }
  }
}

describe.skipIf(missingForDocker() !== null)('a dockerd that ends in the middle of everything', () => {
  let dockerd: TestDocker | undefined
  let connection: Connection | undefined
  afterEach(async () => {
    connection?.close()
    await dockerd?.stop()
  })

  const run = (name: string, script: string) =>
    dockerd!.docker(['run', '--detach', '--init=false', '--name', name, 'portolan/busybox:1', 'sh', '-c', script])
  const logs = (options: { follow: boolean; cursor?: string }) =>
    new Reader(connection!.logs(containers, 'talker', { stdout: true, stderr: true, ...options }, unaborted))

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'by %s: each stream says so, and goes on where it was once it is back',
    { timeout: 120_000 },
    async (signal) => {
      dockerd = await startDocker({ name: `dockerd for ${signal}` })
      connection = engine.connect({ transport: 'socket', path: dockerd.socket }, null)
      await run('talker', 'i=0; while true; do i=$((i + 1)); echo line $i; sleep 0.02; done')
      const [shell, stubborn] = [await run('shell', 'sleep 1000'), await run('stubborn', 'trap "" TERM; while true; do sleep 1; done')]
      const watch = new Watch(connection, kinds)
      await watch.until(() => watch.complete.size === 4)
      const reading = logs({ follow: true })
      await vi.waitUntil(() => reading.lines.length > 20, 20_000)
      const options = {
        uid: shell,
        mode: 'exec',
        command: null,
        user: null,
        workingDirectory: null,
        size: { columns: 80, rows: 24 },
      } as const
      const screen = new Screen(await connection.terminal(containers, 'shell', options, soon()))
      screen.type('echo 6 times 7 is $((6 * 7))\n')
      await screen.until('is 42')
      const deed = { kind: containers, key: 'stubborn', uid: stubborn, action: 'stop', input: { graceSeconds: 600 } }
      const begun = Promise.withResolvers<void>()
      const stopping = connection
        .act(deed, () => begun.resolve(), unaborted)
        .then(
          () => 'done',
          (failure: AppError) => failure.code,
        )
      await begun.promise

      await dockerd.kill(signal)
      expect(await watch.ended).toMatchObject({ code: 'engine_unreachable', reason: { code: expect.any(String) } })
      expect(await reading.ended).toMatchObject({ code: 'engine_unreachable', reason: { code: expect.any(String) } })
      await screen.ended
      await expect(screen.terminal.ended()).rejects.toMatchObject({ code: 'engine_unreachable' })
      expect(screen.terminal.write(Buffer.from('x'))).toBe(false)
      // A dockerd that is told to end stops what runs in it, and that is what was asked for.
      expect(signal === 'SIGTERM' ? ['done', 'engine_unreachable'] : ['engine_unreachable']).toContain(await stopping)
      await expect(connection.probe(soon())).rejects.toMatchObject({ code: 'engine_unreachable' })

      await dockerd.restart()
      const again = new Watch(connection, kinds, watch.cursors)
      await again.until(() => again.complete.size === 4)
      await vi.waitFor(
        async () => {
          const told = [...again.rows].map(([id, { summary }]) => asTruth(id.split(' ')[0]!, summary))
          expect(told.toSorted()).toEqual(await truthOf(dockerd!.docker))
        },
        { timeout: 20_000, interval: 100 },
      )
      await again.stop()
      const rest = logs({ follow: false, cursor: reading.cursor! })
      expect(await rest.ended).toBeNull()
      expect([...reading.lines, ...rest.lines]).toEqual((await dockerd.docker(['logs', 'talker'])).split('\n'))
    },
  )
})
