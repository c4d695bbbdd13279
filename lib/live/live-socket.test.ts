import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { Actor } from '../access/index.ts'
import { AppError } from '../errors/index.ts'
import { endedSession, type ServerFrame } from '../model/live.ts'
import type { Channel } from './channels/channel.ts'
import { LiveSocket, maxChannels } from './live-socket.ts'
import type { Sink } from './sink.ts'

vi.stubEnv('LOG_LEVEL', 'silent')

const ada: Actor = {
  userId: 'ada',
  login: 'ada',
  name: 'Ada',
  via: { session: 's' },
  provider: null,
  language: null,
  theme: null,
  bindings: [{ role: 'viewer', environment: null, namespaces: null }],
}

/** The server's end of a socket, with a network that takes as much as the test says. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  frames: ServerFrame[] = []
  pings = 0
  closed: number | null = null
  terminated = false
  send(text: string): void {
    this.frames.push(JSON.parse(text) as ServerFrame)
  }
  ping(): void {
    this.pings++
  }
  close(code: number): void {
    this.closed = code
    this.end()
  }
  terminate(): void {
    this.terminated = true
    this.end()
  }
  says(frame: unknown): void {
    this.emit('message', typeof frame === 'string' ? frame : JSON.stringify(frame), false)
  }
  private end(): void {
    this.readyState = 3
    this.emit('close')
  }
}

let socket: FakeSocket
let live: LiveSocket
let sinks: Sink[]
let rights: { allowed: boolean; reopens: boolean; opened: number }

beforeEach(() => {
  socket = new FakeSocket()
  sinks = []
  rights = { allowed: true, reopens: false, opened: 0 }
  const channel: Channel = {
    name: 'rows',
    get reopensWithRights() {
      return rights.reopens
    },
    async authorise() {
      if (!rights.allowed) throw new AppError('forbidden', 'no')
    },
    async open(_actor, _params, sink) {
      rights.opened++
      sinks.push(sink)
    },
  }
  live = new LiveSocket(socket as unknown as WebSocket, ada, [channel])
})

const settle = () => new Promise((resolve) => setImmediate(resolve))
async function open(id = '1', channel = 'rows'): Promise<void> {
  socket.says({ op: 'open', id, channel, params: {} })
  await settle()
}
const errorsOf = () => socket.frames.flatMap((frame) => (frame.op === 'error' ? [frame.error.code] : []))

test('at most eight frames are on their way; taking in makes room for all channels', async () => {
  await open('1')
  await open('2')
  const [sink] = sinks
  for (let n = 0; sink!.isReady(); n++) sink!.send(String(n))
  expect(socket.frames.filter((frame) => frame.op === 'data')).toHaveLength(8)
  let poked = 0
  sinks[1]!.onReady(() => poked++)
  socket.says({ op: 'ack', id: '1', count: 3 })
  expect([sink!.isReady(), poked]).toEqual([true, 1])
})

test('a network that does not take what was written stops everything, and one that never does is cut', async () => {
  await open()
  socket.bufferedAmount = 2 * 1024 * 1024
  expect(sinks[0]!.isReady()).toBe(false)
  socket.bufferedAmount = 20 * 1024 * 1024
  live.beat('now')
  expect(socket.terminated).toBe(true)
  expect(sinks[0]!.signal.aborted).toBe(true)
})

test('who answers no ping is cut after a few beats, who does is not', () => {
  for (let beat = 0; beat < 20; beat++) {
    live.beat('now')
    socket.emit('pong')
  }
  expect([socket.terminated, socket.pings]).toEqual([false, 20])
  for (let beat = 0; beat < 4; beat++) live.beat('now')
  expect(socket.terminated).toBe(true)
})

test('what is no frame, is opened twice, or comes in floods closes the socket', async () => {
  for (const misbehave of [
    () => socket.says('{'),
    () => socket.says({ op: 'dance' }),
    () => socket.says({ op: 'open', id: '1', channel: 'rows', params: {} }),
    () => {
      for (let n = 0; n < 400; n++) {
        socket.says({ op: 'open', id: `f${n}`, channel: 'rows', params: {} })
        socket.says({ op: 'close', id: `f${n}` })
      }
    },
  ]) {
    socket = new FakeSocket()
    const channel: Channel = { name: 'rows', reopensWithRights: false, authorise: async () => undefined, open: async () => undefined }
    live = new LiveSocket(socket as unknown as WebSocket, ada, [channel])
    await open()
    misbehave()
    expect(socket.closed).toBe(1008)
  }
})

test('a tab follows so many things and no more', async () => {
  for (let n = 0; n <= maxChannels; n++) await open(`c${n}`)
  expect([sinks.length, errorsOf()]).toEqual([maxChannels, ['rate_limited']])
  socket.says({ op: 'close', id: 'c0' })
  await open('again')
  expect(sinks).toHaveLength(maxChannels + 1)
})

test('a channel that is not allowed says so and is closed', async () => {
  rights.allowed = false
  await open()
  expect([errorsOf(), sinks.length]).toEqual([['forbidden'], 0])
})

test('when access changes, what is no longer allowed ends, what depends on rights begins anew', async () => {
  await open('1')
  const more = { ...ada, bindings: [{ role: 'operator' as const, environment: null, namespaces: null }] }
  await live.recheck(async () => ada)
  expect([rights.opened, errorsOf()]).toEqual([1, []])
  rights.reopens = true
  await live.recheck(async () => more)
  expect([rights.opened, sinks[0] === sinks[1]]).toEqual([2, true])
  rights.reopens = false
  rights.allowed = false
  await live.recheck(async () => more)
  expect([errorsOf(), sinks[0]!.signal.aborted]).toEqual([['forbidden'], true])
})

test('an ended session closes the socket with the code that leads to sign-in', async () => {
  await open()
  await live.recheck(async () => null)
  expect([socket.closed, sinks[0]!.signal.aborted]).toEqual([endedSession, true])
})

test('of two looks at the rights that overtake each other, the one asked for last holds', async () => {
  let answerFirst: (actor: Actor) => void = () => undefined
  const first = live.recheck(() => new Promise<Actor>((resolve) => (answerFirst = resolve)))
  await live.recheck(() => Promise.resolve({ ...ada, bindings: [] }))
  answerFirst(ada)
  await first
  const told = () => socket.frames.flatMap((frame) => (frame.op === 'rights' ? [frame.bindings] : []))
  expect(told(), 'first of all, and when it changed').toEqual([ada.bindings, []])
  await live.recheck(() => Promise.resolve({ ...ada, bindings: [] }))
  expect(told(), 'nothing changed since').toHaveLength(2)
})
