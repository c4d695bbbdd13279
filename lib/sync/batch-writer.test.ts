import { expect, test } from 'vitest'
import type { Batch, EngineEvent, Observed } from '../engines/engine.ts'
import { AppError } from '../errors/index.ts'
import { FakeClock } from '../model/fake-clock.ts'
import { BatchWriter, type Store } from './batch-writer.ts'

const batch = (kind: string, ...keys: string[]): Batch => ({
  kind,
  upserts: keys.map((key) => ({ summary: { key }, document: {} }) as unknown as Observed),
  deletes: [],
  complete: false,
  cursor: null,
})
const event = (name: string) => ({ name }) as EngineEvent

/** A store that remembers what came when, and fails as long as it is told to. */
function world(takesMs = 0) {
  const clock = new FakeClock()
  const written: { at: number; kind: string; keys: string[] }[] = []
  const state = { fails: null as unknown, failures: [] as unknown[] }
  const go = async (kind: string, keys: string[]) => {
    if (takesMs > 0) await new Promise<void>((resolve) => clock.after(takesMs, resolve))
    if (state.fails) throw state.fails
    written.push({ at: clock.now(), kind, keys })
  }
  const store: Store = {
    writeBatch: ({ kind, upserts }) =>
      go(
        kind,
        upserts.map((one) => one.summary.key),
      ),
    writeEvents: (events) =>
      go(
        'events',
        events.map((one) => one.name),
      ),
  }
  return { clock, written, state, writer: new BatchWriter(store, clock, (error) => state.failures.push(error)) }
}

test('a first change is written at once, those that follow within 50 ms together', async () => {
  const { clock, written, writer } = world()
  writer.takeBatch(batch('c', 'a'))
  await clock.advance(10)
  for (const key of ['b', 'c', 'd']) {
    writer.takeBatch(batch('c', key))
    await clock.advance(5)
  }
  await clock.advance(100)
  expect(written).toEqual([
    { at: 0, kind: 'c', keys: ['a'] },
    { at: 50, kind: 'c', keys: ['b', 'c', 'd'] },
  ])
})

test('what comes while it writes is written next, events first, then kind by kind', async () => {
  const { clock, written, writer } = world(200)
  writer.takeBatch(batch('c', 'a'))
  await clock.advance(1)
  writer.takeEvents([event('start')])
  writer.takeBatch(batch('c', 'b'))
  writer.takeBatch(batch('i', 'x'))
  expect(writer.lagMs).toBe(1)
  await clock.advance(2_000)
  expect(written.map(({ kind, keys }) => [kind, ...keys])).toEqual([
    ['c', 'a'],
    ['events', 'start'],
    ['c', 'b'],
    ['i', 'x'],
  ])
  expect(writer.lagMs).toBe(0)
})

test('our own database being away loses nothing and keeps the order', async () => {
  const { clock, written, state, writer } = world()
  state.fails = new AppError('unavailable', 'away')
  writer.takeBatch(batch('c', 'a'))
  writer.takeEvents([event('one')])
  await clock.advance(600)
  writer.takeBatch(batch('c', 'b'))
  writer.takeEvents([event('two')])
  await clock.advance(600)
  expect([written, state.failures]).toEqual([[], []])
  expect(writer.lagMs).toBe(1_200)
  state.fails = null
  await clock.advance(1_000)
  expect(written.map(({ kind, keys }) => [kind, ...keys])).toEqual([
    ['events', 'one', 'two'],
    ['c', 'a', 'b'],
  ])
})

test('another failure ends it, and everybody who waits hears of it', async () => {
  const { clock, state, writer } = world()
  state.fails = new AppError('conflict', 'somebody else')
  writer.takeBatch(batch('c', 'a'))
  const drained = writer.drained().catch((error: unknown) => error)
  await clock.advance(100)
  expect([await drained, state.failures]).toEqual([state.fails, [state.fails]])
  await expect(writer.room()).rejects.toBe(state.fails)
})

test('with too much waiting there is no room until it is written', async () => {
  const { clock, state, writer } = world()
  state.fails = new AppError('unavailable', 'away')
  writer.takeBatch(batch('c', ...Array.from({ length: 5_001 }, (_, n) => String(n))))
  let hasRoom = false
  void writer.room().then(() => (hasRoom = true))
  await clock.advance(1_000)
  expect(hasRoom).toBe(false)
  state.fails = null
  await clock.advance(1_000)
  expect(hasRoom).toBe(true)
})

test('stopped, it lets go and keeps nobody waiting', async () => {
  const { clock, written, state, writer } = world()
  state.fails = new AppError('unavailable', 'away')
  writer.takeBatch(batch('c', 'a'))
  await clock.advance(10)
  const drained = writer.drained()
  writer.stop()
  await drained
  state.fails = null
  await clock.advance(5_000)
  expect([written, clock.waiting]).toEqual([[], 0])
})
