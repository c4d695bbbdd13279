import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { sharedDocker, useDatabase as givenDatabase } from '../../e2e/engines/database.ts'
import * as hostile from '../../e2e/engines/docker/hostile.ts'
import { startDocker, type TestDocker } from '../../e2e/engines/docker/start.ts'
import { truthOf } from '../../e2e/engines/docker/truth.ts'
import { known } from '../../e2e/load/known.ts'
import { notify, prisma } from '../database/index.ts'
import { runSync } from './run.ts'

vi.stubEnv('PORTOLAN_ENGINE_TIMEOUT_MS', '1500')
vi.stubEnv('PORTOLAN_STALE_AFTER_MS', '4000')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')
givenDatabase()

const shared = sharedDocker()

describe.skipIf('missing' in shared)('an engine that misbehaves', () => {
  let dockerd: TestDocker
  let engine: hostile.Hostile
  let ill: number
  let well: number
  const stopping = new AbortController()
  let running: Promise<void>

  const environmentOf = (id: number) => prisma().environment.findUniqueOrThrow({ where: { id } })
  const connect = async (name: string, path: string): Promise<number> => {
    const looks = { stage: 'dev', flagHue: 'teal', flagPattern: 'cross', flagCode: 'DEV', protected: false }
    const settings = { transport: 'socket', path }
    const { id } = await prisma().environment.create({ data: { name, engine: 'docker', ...looks, settings, engineId: name } })
    return id
  }
  /** Live, and every row as the engine has it. */
  const isRight = (id: number, { docker }: Pick<TestDocker, 'docker'>) =>
    vi.waitFor(
      async () => {
        expect(await environmentOf(id)).toMatchObject({ state: 'live', error: null })
        expect(await known(id)).toEqual(await truthOf(docker))
      },
      { timeout: 60_000, interval: 100 },
    )
  /** Somebody looks at it: it is asked again now, not after the pause that its failures have earned. */
  const askAgain = () => notify(null, { topic: 'environments', environment: String(ill) })
  /** What happens in the other engine is in the inventory, while this one misbehaves. */
  async function othersAreServed(name: string): Promise<void> {
    const { docker } = other
    await docker(['volume', 'create', name])
    await vi.waitFor(async () => expect(await known(well)).toContain(`volumes ${name}`), { timeout: 20_000, interval: 50 })
    expect(await environmentOf(well)).toMatchObject({ state: 'live' })
    await docker(['volume', 'rm', name])
  }
  let other: TestDocker

  beforeAll(async () => {
    dockerd = await startDocker({ name: 'dockerd that misbehaves' })
    other = await startDocker({ name: 'dockerd beside it' })
    engine = await hostile.startHostile(dockerd.socket)
    for (const name of ['one', 'two', 'three']) await dockerd.docker(['run', '-d', '--name', name, 'portolan/busybox:1', 'sleep', '1000'])
    await dockerd.docker(['create', '--name', 'four', 'portolan/busybox:1'])
    ;[ill, well] = [await connect('ill', engine.socket), await connect('well', other.socket)]
    running = runSync(stopping.signal)
    await Promise.all([isRight(ill, dockerd), isRight(well, other)])
  }, 120_000)
  afterAll(async () => {
    stopping.abort()
    await running
    await engine?.close()
    await Promise.all([dockerd?.stop(), other?.stop()])
  })

  const all = /^/
  const list = /^\/containers\/json$/
  const one = /^\/containers\/\w+\/json$/
  test.each([
    ['answers HTML', all, hostile.html, ['not-docker-html']],
    ['answers HTML to one question', list, hostile.html, ['not-docker-other']],
    ['is late', all, hostile.late, ['no-answer-in-time']],
    ['is late with one object', one, hostile.late, ['no-answer-in-time']],
    ['is late with its list', list, hostile.late, ['sync-behind']],
    ['sends one byte a second', all, hostile.oneByteASecond, ['no-answer-in-time']],
    ['sends its list one byte a second', list, hostile.oneByteASecond, ['sync-behind']],
    ['never ends its headers', all, hostile.endlessHeaders, ['no-answer-in-time']],
    ['never ends the headers of its events', /^\/events/, hostile.endlessHeaders, ['no-answer-in-time']],
    ['closes in the middle', all, hostile.closesInTheMiddle, ['connection-broke']],
    ['closes in the middle of its list', list, hostile.closesInTheMiddle, ['connection-broke']],
    ['sends a line of 500 MB', list, hostile.longLine(500 * 2 ** 20), ['engine-answer-too-large']],
    ['sends an event of 500 MB', /^\/events/, hostile.longLine(500 * 2 ** 20), ['engine-answer-too-large']],
    ['lists images as containers', list, hostile.instead('/images/json'), ['not-docker-json']],
    ['lists containers as images', /^\/images\/json/, hostile.instead('/containers/json?all=1'), ['not-docker-json']],
    ['lists networks as volumes', /^\/volumes$/, hostile.instead('/networks'), ['not-docker-json']],
    ['shows an image as a container', one, hostile.instead('/images/portolan%2Fbusybox:1/json'), ['not-docker-json']],
    ['shows one container as every other', one, hostile.instead('/containers/four/json'), ['not-docker-json']],
    ['says what is no event', /^\/events/, hostile.html, ['not-docker-other']],
  ])(
    'that %s: it is said why, nothing is lost, others are served, and it recovers',
    { timeout: 120_000 },
    async (_, path, fault, reasons) => {
      const before = await known(ill)
      engine.misbehave(path, fault)
      await askAgain()
      const shown = await vi.waitUntil(
        async () => {
          const { state, error } = await environmentOf(ill)
          const { code } = (error ?? {}) as { code?: string }
          return state !== 'live' && code && reasons.includes(code) && state
        },
        { timeout: 40_000, interval: 50 },
      )
      expect(['behind', 'stale']).toContain(shown)
      await othersAreServed(randomUUID())
      expect(await known(ill)).toEqual(before)
      // What happened meanwhile is seen afterwards.
      await Promise.all([dockerd.docker(['restart', '--time', '0', 'two']), dockerd.docker(['volume', 'create', randomUUID()])])
      engine.behave()
      await askAgain()
      await isRight(ill, dockerd)
    },
  )
})
