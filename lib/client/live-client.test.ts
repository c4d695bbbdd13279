import { beforeEach, expect, test } from 'vitest'
import { AppError } from '../errors/index.ts'
import { FakeClock } from '../model/fake-clock.ts'
import type { ClientFrame } from '../model/client-frame.ts'
import { endedSession, type ServerFrame } from '../model/live.ts'
import { type ChannelState, LiveClient } from './live-client.ts'

/** A browser's socket whose other end the test holds. */
class FakeSocket extends EventTarget {
  sent: ClientFrame[] = []
  closed = false
  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame)
  }
  close(): void {
    this.closed = true
  }
  opens(): void {
    this.dispatchEvent(new Event('open'))
  }
  says(frame: ServerFrame): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
  breaks(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}

let clock: FakeClock
let sockets: FakeSocket[]
let told: { refused: number; ended: number }
let sayWhy: (why: AppError) => void
let client: LiveClient

beforeEach(() => {
  clock = new FakeClock(1_000_000)
  sockets = []
  told = { refused: 0, ended: 0 }
  client = new LiveClient({
    makeSocket: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    clock,
    random: () => 0,
    onRefused(say) {
      told.refused++
      sayWhy = say
    },
    onSessionEnded: () => told.ended++,
  })
})

function watch(params: () => unknown = () => ({ n: 1 })) {
  const seen = { data: [] as unknown[], states: [] as [ChannelState, string | null][], close: () => undefined as void }
  seen.close = client.open('rows', params, {
    onData: (data) => seen.data.push(data),
    onState: (state, error) => seen.states.push([state, error?.code ?? null]),
  })
  return seen
}

const beat = (at = new Date(clock.now()).toISOString()): ServerFrame => ({ op: 'beat', at })
const last = () => sockets.at(-1)!

/** Lets seconds go by in which beats come. */
async function live(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await clock.advance(1_000)
    if (second % 5 === 4) last().says(beat())
  }
}

test('all channels go through one socket, and what is taken in is said', () => {
  const [first, second] = [watch(() => 'a'), watch(() => 'b')]
  last().opens()
  expect(last().sent).toMatchObject([
    { op: 'open', id: '1', channel: 'rows', params: 'a' },
    { op: 'open', id: '2', params: 'b' },
  ])
  last().says({ op: 'data', id: '2', data: 42 })
  expect([sockets.length, first.data, second.data]).toEqual([1, [], [42]])
  expect(last().sent.at(-1)).toEqual({ op: 'ack', id: '2', count: 1 })
  expect(second.states).toEqual([['live', null]])
})

test('a lost socket comes back after a pause that grows, and opens its channels with what they know by then', async () => {
  let cursor = 0
  const seen = watch(() => ({ cursor }))
  last().opens()
  last().says({ op: 'data', id: '1', data: 'x' })
  cursor = 7
  last().breaks()
  expect(seen.states.at(-1)).toEqual(['reconnecting', 'unavailable'])
  await clock.advance(250)
  last().breaks()
  await clock.advance(499)
  expect(sockets).toHaveLength(2)
  await clock.advance(1)
  last().opens()
  expect(last().sent).toMatchObject([{ op: 'open', id: '1', params: { cursor: 7 } }])
})

test('a socket that opens and breaks at once is not asked without pause', async () => {
  watch()
  for (let attempt = 0; attempt < 12; attempt++) {
    last().opens()
    last().breaks()
    await clock.advance(10_000)
  }
  expect(sockets.length).toBeLessThan(16)
  const before = sockets.length
  last().opens()
  last().breaks()
  await clock.advance(2_000)
  expect(sockets).toHaveLength(before)
})

test('rights that changed are told to whoever listens, and to nobody else', () => {
  watch()
  last().opens()
  const heard: unknown[] = []
  const bindings = [{ role: 'viewer' as const, environment: null, namespaces: null }]
  const stop = client.onRights((now) => heard.push(now))
  last().says({ op: 'rights', bindings })
  stop()
  last().says({ op: 'rights', bindings: [] })
  expect(heard).toEqual([bindings])
})

test('no beat for 12 s and the socket is dead', async () => {
  const seen = watch()
  last().opens()
  await live(20)
  expect(sockets).toHaveLength(1)
  await clock.advance(12_000)
  expect(sockets).toHaveLength(1)
  await clock.advance(1_000)
  expect([sockets.length, sockets[0]!.closed, seen.states.at(-1)]).toEqual([2, true, ['reconnecting', 'unavailable']])
})

test('a tab that woke connects at once when beats were missed, and not when none were', async () => {
  watch()
  last().opens()
  last().says(beat())
  await clock.advance(5_000)
  client.check()
  expect(sockets).toHaveLength(1)
  await clock.advance(2_000)
  client.check()
  expect(sockets).toHaveLength(2)
})

test('a network that came back is used at once instead of after the pause', async () => {
  watch()
  for (let attempt = 0; attempt < 8; attempt++) {
    last().breaks()
    await clock.advance(15_000)
  }
  last().breaks()
  const before = sockets.length
  client.check()
  expect(sockets).toHaveLength(before + 1)
})

test('an attempt that was under way when the network came back is followed by another at once, should it fail', async () => {
  watch()
  for (let failures = 0; failures < 6; failures++) {
    last().breaks()
    await clock.advance(7_500)
  }
  const tried = sockets.length
  client.check()
  last().breaks()
  await clock.advance(250)
  expect(sockets).toHaveLength(tried + 1)
})

test('an error that a retry may heal opens that channel again; another one closes it', async () => {
  const seen = watch()
  last().opens()
  last().says({ op: 'error', id: '1', error: { code: 'unavailable', message: 'away' } })
  await clock.advance(500)
  expect(last().sent.filter((frame) => frame.op === 'open')).toHaveLength(2)
  last().says({ op: 'error', id: '1', error: { code: 'forbidden', message: 'no' } })
  await clock.advance(60_000)
  expect(seen.states.map(([state]) => state)).toEqual(['reconnecting', 'ended'])
  expect(sockets.flatMap((socket) => socket.sent).filter((frame) => frame.op === 'open')).toHaveLength(2)
})

test('an ended session leads to sign-in and is not tried again', async () => {
  watch()
  last().opens()
  last().breaks(endedSession)
  await clock.advance(60_000)
  expect([sockets.length, told.ended]).toEqual([1, 1])
})

test('a refused connection is looked into', () => {
  watch()
  last().breaks()
  expect(told.refused).toBe(1)
})

test('why a connection was refused is told, and told on until one opens', async () => {
  const seen = watch()
  const why = () => seen.states.at(-1)
  last().breaks()
  expect(why()).toEqual(['reconnecting', 'unavailable'])
  sayWhy(new AppError('rate_limited', 'Too many.'))
  await clock.advance(10_000)
  last().breaks()
  expect(why()).toEqual(['reconnecting', 'rate_limited'])
  await clock.advance(10_000)
  last().opens()
  sayWhy(new AppError('rate_limited', 'Too many.'))
  last().breaks()
  expect(why()).toEqual(['reconnecting', 'unavailable'])
})

test('a closed channel hears nothing more, and an idle socket is closed after a while', async () => {
  const seen = watch()
  last().opens()
  seen.close()
  last().says({ op: 'data', id: '1', data: 1 })
  expect([seen.data, last().sent.at(-1), last().closed]).toEqual([[], { op: 'close', id: '1' }, false])
  await clock.advance(5_000)
  expect([last().closed, clock.waiting]).toEqual([true, 0])
  watch()
  expect(sockets).toHaveLength(2)
})

test('a socket is closed after a while too when the server ended all that was open on it', async () => {
  const [first, second] = [watch(), watch()]
  last().opens()
  last().says({ op: 'end', id: '1' })
  last().says({ op: 'error', id: '2', error: { code: 'not_found', message: 'gone' } })
  expect([first.states.at(-1), second.states.at(-1)]).toEqual([
    ['ended', null],
    ['ended', 'not_found'],
  ])
  await clock.advance(6_000)
  expect(last().closed).toBe(true)
})

test("ages are counted by the server's clock", () => {
  watch()
  last().opens()
  last().says(beat(new Date(clock.now() + 90_000).toISOString()))
  expect(client.serverNow()).toBe(clock.now() + 90_000)
})
