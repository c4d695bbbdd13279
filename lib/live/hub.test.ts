import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../access/index.ts'
import { AppError } from '../errors/index.ts'
import { FakeClock } from '../model/fake-clock.ts'
import { applyRowsFrame, type LiveList, type RowsFrame } from '../model/live.ts'
import type { Role } from '../model/role.ts'
import { operation } from '../operations/operation.ts'
import { Hub } from './hub.ts'
import type { Subscriber } from './live-query.ts'

const person = (userId: string, role: Role = 'viewer'): Actor => ({
  userId,
  login: userId,
  name: userId,
  via: { session: userId },
  provider: null,
  language: null,
  theme: null,
  bindings: [{ role, environment: null, namespaces: null }],
})

class Reader implements Subscriber {
  ready = true
  frames: RowsFrame[] = []
  errors: unknown[] = []
  list: LiveList | undefined
  isReady(): boolean {
    return this.ready
  }
  send(frame: string): void {
    this.frames.push(JSON.parse(frame) as RowsFrame)
    this.list = applyRowsFrame(this.list, this.frames.at(-1)!)
  }
  fail(error: unknown): void {
    this.errors.push(error)
  }
}

/** A list in a variable, an operation over it, and a hub on a clock that stands still. */
function world(tookMs = 0) {
  const clock = new FakeClock()
  const hub = new Hub({ clock, minIntervalMs: 100, concurrency: 4 })
  const state = { rows: [{ id: '1', n: 0 }], runs: [] as number[], actors: [] as string[], fails: null as unknown }
  const list = operation({
    name: 'things.list',
    summary: 'Things',
    requires: 'viewer',
    input: z.object({ kind: z.string().default('a') }),
    output: z.unknown(),
    changes: false,
    wakes: ({ kind }) => [{ topic: 'rows', kind }],
    async run({ actor }) {
      state.runs.push(clock.now())
      state.actors.push(actor.userId)
      if (tookMs > 0) await new Promise<void>((resolve) => clock.after(tookMs, resolve))
      if (state.fails) throw state.fails
      return { rows: state.rows.map((row) => ({ ...row })), head: { total: state.rows.length } }
    },
  })
  return { clock, hub, state, list }
}

test('the first frame is all, then only what differs', async () => {
  const { clock, hub, state, list } = world()
  const reader = new Reader()
  hub.follow(list, {}, person('ada'), reader)
  await clock.advance(0)
  state.rows = [...state.rows, { id: '2', n: 0 }]
  hub.tell({ topic: 'rows', kind: 'a' })
  await clock.advance(100)
  expect(reader.frames).toMatchObject([
    { type: 'all', rows: [{ id: '1' }] },
    { type: 'patch', upserts: [{ id: '2' }], order: ['1', '2'], head: { total: 2 } },
  ])
})

test('a query runs at most every 100 ms however often it is woken, and once more after the last waking', async () => {
  const { clock, hub, state, list } = world()
  const reader = new Reader()
  hub.follow(list, {}, person('ada'), reader)
  for (let ms = 0; ms < 1_000; ms += 10) {
    await clock.advance(10)
    state.rows = [{ id: '1', n: ms }]
    hub.tell({ topic: 'rows', kind: 'a' })
  }
  await clock.advance(1_000)
  expect(state.runs.length).toBeLessThanOrEqual(12)
  expect(Math.min(...state.runs.slice(1).map((at, index) => at - state.runs[index]!))).toBeGreaterThanOrEqual(100)
  expect(reader.list?.rows).toEqual([{ id: '1', n: 990 }])
})

test('a slow query rests ten times as long as it took', async () => {
  const { clock, hub, state, list } = world(50)
  hub.follow(list, {}, person('ada'), new Reader())
  for (let i = 0; i < 30; i++) {
    await clock.advance(50)
    hub.tell({ topic: 'rows', kind: 'a' })
  }
  expect(state.runs).toEqual([0, 500, 1000, 1500])
})

test('one that hung is asked again soon', async () => {
  const { clock, hub, state, list } = world(2_000)
  hub.follow(list, {}, person('ada'), new Reader())
  for (let i = 0; i < 30; i++) {
    await clock.advance(500)
    hub.tell({ topic: 'rows', kind: 'a' })
  }
  expect(state.runs).toEqual([0, 5_000, 10_000, 15_000])
})

test('equal questions of people with equal rights run once, as nobody in particular', async () => {
  const { clock, hub, state, list } = world()
  const readers = [new Reader(), new Reader(), new Reader()]
  hub.follow(list, { kind: 'a' }, person('ada'), readers[0]!)
  hub.follow(list, {}, person('grace'), readers[1]!)
  await clock.advance(0)
  expect([hub.size, state.runs.length]).toEqual([1, 1])
  expect(state.actors).not.toContain('ada')
  hub.follow(list, {}, person('root', 'administrator'), readers[2]!)
  await clock.advance(0)
  expect(hub.size).toBe(2)
  expect(readers.map((reader) => reader.frames.length)).toEqual([1, 1, 1])
})

test('a personal operation is run for each person, and for each of their sessions', async () => {
  const { clock, hub, state, list } = world()
  const personal = { ...list, personal: true as const }
  hub.follow(personal, {}, person('ada'), new Reader())
  hub.follow(personal, {}, person('grace'), new Reader())
  hub.follow(personal, {}, { ...person('ada'), via: { session: 'another' } }, new Reader())
  await clock.advance(0)
  expect(state.actors).toEqual(['ada', 'grace', 'ada'])
})

test('only what it waits for wakes a query', async () => {
  const { clock, hub, state, list } = world()
  hub.follow(list, {}, person('ada'), new Reader())
  await clock.advance(1_000)
  hub.tell({ topic: 'rows', kind: 'b' })
  hub.tell({ topic: 'activities' })
  await clock.advance(1_000)
  expect(state.runs).toEqual([0])
  hub.tell({ topic: 'rows' })
  await clock.advance(0)
  expect(state.runs).toEqual([0, 2_000])
})

test('who does not take frames in gets one for all that happened meanwhile', async () => {
  const { clock, hub, state, list } = world()
  const [slow, quick] = [new Reader(), new Reader()]
  const following = hub.follow(list, {}, person('ada'), slow)
  hub.follow(list, {}, person('ada'), quick)
  await clock.advance(0)
  slow.ready = false
  for (let n = 1; n <= 20; n++) {
    state.rows = [{ id: '1', n }]
    hub.tell({ topic: 'rows' })
    await clock.advance(100)
  }
  expect([slow.frames.length, quick.frames.length]).toEqual([1, 21])
  slow.ready = true
  following.poke()
  expect(slow.frames).toHaveLength(2)
  expect(slow.list).toEqual(quick.list)
})

test('the last to leave stops it', async () => {
  const { clock, hub, state, list } = world()
  const followings = [hub.follow(list, {}, person('ada'), new Reader()), hub.follow(list, {}, person('ada'), new Reader())]
  await clock.advance(0)
  for (const following of followings) following.close()
  hub.tell({ topic: 'rows' })
  await clock.advance(1_000)
  expect([hub.size, state.runs.length, clock.waiting]).toEqual([0, 1, 0])
})

test('a failure is told to everybody, and asking again begins anew', async () => {
  const { clock, hub, state, list } = world()
  const [reader, later] = [new Reader(), new Reader()]
  hub.follow(list, {}, person('ada'), reader)
  await clock.advance(0)
  state.fails = new AppError('unavailable', 'away')
  hub.tell({ topic: 'rows' })
  await clock.advance(100)
  expect([reader.errors, hub.size]).toEqual([[state.fails], 0])
  state.fails = null
  hub.follow(list, {}, person('ada'), later)
  await clock.advance(0)
  expect(later.frames).toHaveLength(1)
})

test('an answer that may change by itself is asked for again when it says so', async () => {
  const { clock, hub, list } = world()
  let total = 1
  const counting = { ...list, run: async () => ({ rows: [], head: { total: total++ }, againAfterMs: total < 4 ? 2_000 : null }) }
  const reader = new Reader()
  hub.follow(counting, {}, person('ada'), reader)
  await clock.advance(10_000)
  expect(reader.list?.head).toMatchObject({ total: 3 })
})

test('an operation without `wakes`, a wrong input and a missing right are refused', () => {
  const { hub, list } = world()
  expect(() => hub.follow({ ...list, wakes: undefined }, {}, person('ada'), new Reader())).toThrow('cannot be followed')
  expect(() => hub.follow(list, { kind: 5 }, person('ada'), new Reader())).toThrow('kind')
  expect(() => hub.follow(list, {}, { ...person('ada'), bindings: [] }, new Reader())).toThrow('role viewer')
})
