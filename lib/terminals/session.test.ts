import { describe, expect, it } from 'vitest'
import type { EngineTerminal, TerminalEnd } from '../engines/engine.ts'
import { AppError } from '../errors/index.ts'
import { FakeClock } from '../model/fake-clock.ts'
import type { TerminalFrame } from '../model/terminal.ts'
import { TerminalSession } from './session.ts'

const size = { columns: 40, rows: 5 }
const idleMs = 300_000

/** An engine's terminal in the hands of the test. */
function open() {
  const typed: string[] = []
  const sizes: string[] = []
  const waiting: { bytes: Uint8Array; taken: () => void }[] = []
  const end = Promise.withResolvers<TerminalEnd>()
  let wake = () => {}
  let over: { failure?: unknown } | null = null
  async function* output() {
    for (;;) {
      const next = waiting.shift()
      if (next) {
        yield next.bytes
        next.taken()
      } else if (over) {
        if (over.failure) throw over.failure
        return
      } else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const finish = (how: { failure?: unknown }) => {
    over = how
    wake()
  }
  const terminal: EngineTerminal = {
    program: '/bin/sh',
    output: output(),
    write: (bytes) => typed.push(Buffer.from(bytes).toString()) > 0,
    resize: async ({ columns, rows }) => void sizes.push(`${columns}x${rows}`),
    ended: () => end.promise,
    close: () => finish({}),
  }
  const clock = new FakeClock()
  const session = new TerminalSession({ terminal, size, clock, idleMs })
  return {
    session,
    clock,
    typed,
    sizes,
    /** Resolves when it was read and shown. */
    print: (text: string) =>
      new Promise<void>((taken) => {
        waiting.push({ bytes: Buffer.from(text), taken })
        wake()
      }),
    exit(exitCode: number) {
      end.resolve({ what: 'program', exitCode })
      finish({})
    },
    fail: (failure: unknown) => finish({ failure }),
  }
}

/** Somebody who looks, and takes in what they get while `ready`. */
function look(session: TerminalSession, types = true) {
  const frames: TerminalFrame[] = []
  const viewer = { ready: true, over: false, failure: undefined as unknown, frames }
  const watching = session.watch(
    { userId: types ? 'ada' : 'bob', name: types ? 'Ada' : 'Bob', types },
    {
      isReady: () => viewer.ready,
      send: (frame) => frames.push(JSON.parse(frame) as TerminalFrame),
      end: () => (viewer.over = true),
      fail: (error) => (viewer.failure = error),
    },
  )
  watching.poke()
  return Object.assign(viewer, watching)
}
const textIn = (frames: TerminalFrame[]) =>
  frames.map((frame) => (frame.type === 'screen' || frame.type === 'output' ? frame.text : '')).join('')

describe('who looks at a terminal', () => {
  it('gets the screen as it is, then what comes, and who else looks', async () => {
    const { session, print } = open()
    await print('before ')
    const ada = look(session)
    await print('after')
    expect(ada.frames.map(({ type }) => type)).toEqual(['screen', 'people', 'output'])
    expect(ada.frames[0]).toMatchObject({ type: 'screen', size, types: true })
    expect(textIn(ada.frames)).toContain('before')
    expect(textIn(ada.frames)).toContain('after')
    const bob = look(session, false)
    expect(bob.frames[0]).toMatchObject({ type: 'screen', types: false })
    expect(ada.frames.at(-1)).toEqual({
      type: 'people',
      people: [
        { userId: 'ada', name: 'Ada', types: true },
        { userId: 'bob', name: 'Bob', types: false },
      ],
    })
    bob.leave()
    expect(ada.frames.at(-1)).toMatchObject({ people: [{ name: 'Ada' }] })
  })

  it('types only when it is theirs', async () => {
    const { session, typed, sizes } = open()
    const bob = look(session, false)
    for (const input of [{ type: 'input', text: 'x' }, { type: 'size', size: { columns: 9, rows: 9 } }, { type: 'end' }] as const)
      bob.say(input)
    expect([typed, sizes]).toEqual([[], []])
    const ada = look(session)
    ada.say({ type: 'input', text: 'ls\r' })
    ada.say({ type: 'size', size: { columns: 60, rows: 9 } })
    expect([typed, sizes]).toEqual([['ls\r'], ['60x9']])
    expect(bob.frames.at(-1)).toEqual({ type: 'size', size: { columns: 60, rows: 9 } })
  })

  it('who is slow keeps nothing waiting but a bounded rest, and gets the screen anew', async () => {
    const { session, print, clock } = open()
    const slow = look(session, false)
    slow.ready = false
    const before = slow.frames.length
    for (let n = 0; n < 10; n++) {
      await print(`${'x'.repeat(64 * 1024 - 20)}line ${n}\r\n`)
      await clock.advance(1_000)
    }
    expect(slow.frames).toHaveLength(before)
    slow.ready = true
    slow.poke()
    const [anew] = slow.frames.slice(before)
    expect(anew).toMatchObject({ type: 'screen' })
    expect(JSON.stringify(anew).length).toBeLessThan(200_000)
    expect(textIn(slow.frames)).toContain('line 9')
  })

  it('cannot type more than a terminal takes', () => {
    const { session, typed } = open()
    const ada = look(session)
    for (let n = 0; n < 40; n++) ada.say({ type: 'input', text: 'y'.repeat(8_000) })
    expect(ada.failure).toMatchObject({ code: 'rate_limited' })
    expect(typed.join('').length).toBeLessThanOrEqual(128 * 1024)
  })
})

describe('what a program prints', () => {
  it('is answered only where the answer has one form', async () => {
    const { session, print, typed } = open()
    look(session)
    const questions = [
      '[6n',
      '[c',
      '[5n',
      '[>c',
      '[=c',
      '[21t',
      '[18t',
      '[?1$p',
      '[4$p',
      ']11;?\u0007',
      ']52;c;?\u0007',
      'P$qm\u001b\\',
      'P+q544e\u001b\\',
      '[>q',
      '[x',
      '[?6n',
    ]
    await print(`\u0005ab${questions.map((question) => `\u001b${question}`).join('')}`)
    expect(typed).toEqual(['\u001b[1;3R', '\u001b[?1;2c', '\u001b[0n'])
  })

  it('is read no faster than this process can bear', async () => {
    const { print, clock } = open()
    let read = 0
    for (let n = 0; n < 40; n++) void print('z'.repeat(32 * 1024)).then(() => read++)
    const settle = async () => {
      for (let known = -1; known !== read;) {
        known = read
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    await settle()
    expect(read).toBeLessThan(12)
    const before = read
    await clock.advance(125)
    await settle()
    expect(read).toBeGreaterThan(before)
  })
})

describe('a terminal ends', () => {
  it('with its program, and tells everybody how', async () => {
    const { session, print, exit } = open()
    const ada = look(session)
    await print('bye')
    exit(3)
    const ended = { reason: { code: 'terminal-exited', params: { exitCode: 3 } } }
    expect(await session.ended).toEqual(ended)
    expect(ada.frames.at(-1)).toEqual({ type: 'ended', ...ended })
    expect(ada.over).toBe(true)
    const late = look(session)
    expect(late.frames.map(({ type }) => type)).toEqual(['screen', 'people', 'ended'])
  })

  it('with the engine, and says why', async () => {
    const { session, fail } = open()
    const ada = look(session)
    const failure = new AppError('engine_unreachable', 'gone', { reason: { code: 'connection-broke' } })
    fail(failure)
    expect(await session.ended).toMatchObject({ failure })
    expect(ada.frames.at(-1)).toEqual({ type: 'ended', reason: { code: 'terminal-lost' }, cause: { code: 'connection-broke' } })
  })

  it('when nobody looked for five minutes, and not before', async () => {
    const { session, clock, exit } = open()
    await clock.advance(idleMs - 1)
    const ada = look(session)
    await clock.advance(idleMs * 2)
    ada.leave()
    await clock.advance(idleMs - 1)
    const back = look(session)
    expect(back.over).toBe(false)
    back.leave()
    await clock.advance(idleMs)
    exit(0)
    expect(await session.ended).toEqual({ reason: { code: 'terminal-idle', params: { minutes: 5 } } })
  })

  it('when who opened it says so', async () => {
    const { session } = open()
    look(session).say({ type: 'end' })
    expect(await session.ended).toEqual({ reason: { code: 'terminal-closed', params: { name: 'Ada' } } })
  })
})
