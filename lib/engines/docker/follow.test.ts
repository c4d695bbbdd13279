import type { ServerResponse } from 'node:http'
import { afterEach, expect, it, vi } from 'vitest'
import type { Followed, LogFrame } from '../engine.ts'
import { fakeDocker, type Answers } from './fake-docker.ts'
import { followDocker } from './follow.ts'
import { readLogs } from './logs.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

const kinds = ['docker/containers', 'docker/images', 'docker/volumes', 'docker/networks', 'docker/events']
const web = {
  Id: 'a'.repeat(64),
  Name: '/web',
  State: { Status: 'running' },
  Config: { Tty: true },
}
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function* follow(answers: Answers, aliveIntervalMs = 60_000): AsyncGenerator<Followed> {
  const { api, close } = await fakeDocker(answers)
  closing.push(close)
  const signal = new AbortController().signal
  yield* followDocker(api, { kinds, cursors: {}, signal, aliveIntervalMs, relistIntervalMs: 60_000, now: () => Date.now() })
}

it('what happened is told before the batches whose cursor lies behind it', async () => {
  let say: ServerResponse | undefined
  const answers = { '/events': (response: ServerResponse) => (say = response).flushHeaders(), [`/containers/${web.Id}/json`]: web }
  const said: string[] = []
  for await (const followed of follow(answers)) {
    if (followed.type === 'batch' && followed.batch.kind === 'docker/networks') {
      const Actor = { ID: web.Id, Attributes: { name: 'web' } }
      say?.write(
        `${JSON.stringify({ Type: 'container', Action: 'start', Actor, time: 1_790_000_000, timeNano: 1_790_000_000_000_000_000 })}\n`,
      )
    }
    said.push(followed.type === 'batch' ? `${followed.batch.kind} ${followed.batch.cursor}` : followed.type)
    if (said.at(-1)?.endsWith('1790000000000000000')) break
  }
  expect(said.filter((one) => one !== 'alive').slice(-2)).toEqual(['events', 'docker/containers 1790000000000000000'])
})

it('a list that takes long is no silence', async () => {
  let answer: (() => void) | undefined
  const answers = { '/containers/json': (response: ServerResponse) => (answer = () => response.end('[]')) }
  const said: string[] = []
  for await (const followed of follow(answers, 5)) {
    said.push(followed.type)
    if (said.length === 3) answer?.()
    if (followed.type === 'batch') break
  }
  expect(said).toEqual(expect.arrayContaining(['alive', 'alive', 'alive', 'batch']))
})

it('a list that takes long keeps what happens from being told, and that is said until it is there', async () => {
  let listed = 0
  let answer: (() => void) | undefined
  const answers = {
    '/containers/json': (response: ServerResponse) => (listed++ === 0 ? response.end('[]') : (answer = () => response.end('[]'))),
  }
  const { api, close } = await fakeDocker(answers)
  closing.push(close)
  const began = Date.now()
  const now = () => began + (Date.now() - began) * 100
  const signal = new AbortController().signal
  const said: string[] = []
  for await (const followed of followDocker(api, { kinds, cursors: {}, signal, aliveIntervalMs: 1_000, relistIntervalMs: 10, now })) {
    if (followed.type === 'alive') said.push(followed.behind ? 'behind' : 'told')
    else if (followed.type === 'batch') said.push(followed.batch.kind)
    if (answer && said.at(-1) === 'behind') answer()
    if (answer && said.at(-2) === 'docker/networks') break
  }
  const told = said.filter((one) => one === 'behind' || one === 'told')
  expect(told.filter((one, at) => one !== told[at - 1])).toEqual(['behind', 'told', 'behind', 'told'])
})

it('a flood of lines comes in frames that a channel sends as they are', async () => {
  const lines = Array.from({ length: 1_200 }, (_, n) => `2026-01-01T00:00:00.${String(n).padStart(9, '0')}Z line ${n}\n`).join('')
  const { api, close } = await fakeDocker({
    '/containers/web/json': web,
    [`/containers/${web.Id}/logs`]: (response: ServerResponse) => response.end(lines),
  })
  closing.push(close)
  const frames: LogFrame[] = []
  const options = { follow: false, stdout: true, stderr: true }
  for await (const frame of readLogs(api, 'web', options, new AbortController().signal)) frames.push(frame)
  const sizes = frames.map((frame) => (frame.type === 'lines' ? frame.lines.length : 0))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_200)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(500)
})
