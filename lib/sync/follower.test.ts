import { expect, test, vi } from 'vitest'
import type { Batch, Connection, Engine, Followed, Kind, Observed } from '../engines/engine.ts'
import { AppError } from '../errors/index.ts'
import { FakeClock } from '../model/fake-clock.ts'
import type { FollowedEnvironment } from './attempt.ts'
import { Follower } from './follower.ts'
import type { Status } from './status.ts'

vi.stubEnv('LOG_LEVEL', 'silent')

const list: Batch = { kind: 'toy/things', upserts: [], deletes: [], complete: true, cursor: '1' }
const change = (key: string): Followed => ({
  type: 'batch',
  batch: { ...list, complete: false, upserts: [{ summary: { key }, document: {} } as unknown as Observed] },
})
const refused = new AppError('engine_unreachable', 'refused', { reason: { code: 'refused' } })

/** What an engine does in one attempt: refuses the probe, or says things and then hangs or breaks. */
type Script = { probe: AppError } | { says: Followed[]; ends: 'hang' | AppError }

const environment: FollowedEnvironment = {
  id: 1,
  engine: 'toy',
  settings: {},
  secrets: null,
  revision: 1,
  state: 'connecting',
  error: null,
  lastContactAt: null,
  engineVersion: null,
}

function world(scripts: Script[]) {
  const clock = new FakeClock(1_000_000)
  const seen = {
    attempts: [] as number[],
    secrets: [] as (Uint8Array | null)[],
    cursors: [] as Record<string, string>[],
    written: [] as string[],
    statuses: [] as Status[],
    closed: 0,
    lost: 0,
  }
  const state = { store: null as unknown, said: undefined as unknown as (followed: Followed) => void }
  let attempt = -1

  async function* follow(script: Script, signal: AbortSignal): AsyncGenerator<Followed> {
    if ('probe' in script) return
    yield* script.says
    if (script.ends !== 'hang') throw script.ends
    for (;;) {
      yield await new Promise<Followed>((resolve, reject) => {
        state.said = resolve
        signal.addEventListener('abort', () => reject(new AppError('engine_timeout', 'silent', { reason: { code: 'engine-silent' } })))
      })
    }
  }
  const connect = (_: unknown, secrets: Uint8Array | null) => {
    seen.secrets.push(secrets)
    const script = scripts[Math.min(++attempt, scripts.length - 1)]!
    seen.attempts.push(clock.now() - 1_000_000)
    return {
      probe: async () => {
        if ('probe' in script) throw script.probe
        return { version: '1.0' }
      },
      follow: (_kinds: string[], cursors: Record<string, string>, signal: AbortSignal) => {
        seen.cursors.push(cursors)
        return follow(script, signal)
      },
      close: () => seen.closed++,
    } as unknown as Connection
  }
  const engine = { name: 'toy', kinds: [{ name: 'toy/things', category: 'instance' } as Kind], connect } as unknown as Engine
  const follower = new Follower({
    environment,
    engine,
    store: {
      readCursors: async () => ({}),
      async writeBatch(batch) {
        if (state.store) throw state.store
        seen.written.push([batch.complete ? 'all' : [], batch.upserts.map((one) => one.summary.key)].flat().join())
      },
      writeEvents: async () => undefined,
    },
    saveStatus: async (status) => void seen.statuses.push(status),
    onLeaseLost: () => seen.lost++,
    clock,
    random: () => 0,
    staleAfterMs: 10_000,
  })
  const states = () => seen.statuses.map((status) => status.state)
  return { clock, seen, state, follower, states }
}

test('it lists, writes, and is live', async () => {
  const { clock, seen, state, states } = world([{ says: [{ type: 'batch', batch: list }], ends: 'hang' }])
  await clock.advance(100)
  state.said(change('a'))
  await clock.advance(100)
  expect([seen.written, states().at(-1), seen.statuses.at(-1)?.engineVersion]).toEqual([['all', 'a'], 'live', '1.0'])
})

test('an engine that refuses is asked again, ever more seldom, and its reason is told once', async () => {
  const { clock, seen } = world([{ probe: refused }])
  await clock.advance(60_000)
  expect(seen.attempts).toEqual([0, 800, 2_400, 5_600, 12_000, 24_800, 50_400])
  expect(seen.statuses).toMatchObject([{ state: 'connecting', error: { code: 'refused' } }])
  expect(seen.closed).toBe(seen.attempts.length)
})

test('what is sealed under a newer key is what the next attempt opens', async () => {
  const { clock, seen, follower } = world([{ probe: refused }])
  await clock.advance(100)
  const resealed = new Uint8Array([2])
  follower.renew({ ...environment, secrets: resealed })
  await clock.advance(1_000)
  expect(seen.secrets).toEqual([null, resealed])
})

test('what was said before the stream broke is written, and the next attempt goes on', async () => {
  const broken = new AppError('engine_failed', 'cut', { reason: { code: 'cut' } })
  const { clock, seen, states } = world([
    { says: [{ type: 'batch', batch: list }, change('a')], ends: broken },
    { says: [change('b')], ends: 'hang' },
  ])
  await clock.advance(2_000)
  expect([seen.written, seen.attempts]).toEqual([
    ['all,a', 'b'],
    [0, 800],
  ])
  expect(states()).toContain('behind')
})

test('a silent stream is given up after ten seconds, and the environment is stale', async () => {
  const { clock, seen, states } = world([{ says: [{ type: 'batch', batch: list }], ends: 'hang' }, { probe: refused }])
  await clock.advance(9_000)
  expect([seen.attempts.length, states().at(-1)]).toEqual([1, 'live'])
  await clock.advance(3_000)
  expect([seen.attempts.length > 1, states().at(-1)]).toEqual([true, 'stale'])
})

test('signs of life keep it live', async () => {
  const { clock, seen, state, states } = world([{ says: [{ type: 'batch', batch: list }], ends: 'hang' }])
  for (let seconds = 0; seconds < 60; seconds += 5) {
    await clock.advance(5_000)
    state.said({ type: 'alive', behind: false })
  }
  expect([seen.attempts.length, states().at(-1)]).toEqual([1, 'live'])
})

test('two good minutes make the next failure a first one', async () => {
  const { clock, seen, state } = world([
    { probe: refused },
    { probe: refused },
    { probe: refused },
    { says: [{ type: 'batch', batch: list }], ends: 'hang' },
    { probe: refused },
  ])
  await clock.advance(6_000)
  for (let seconds = 0; seconds < 120; seconds += 5) {
    await clock.advance(5_000)
    state.said({ type: 'alive', behind: false })
  }
  await clock.advance(12_500)
  const gaps = seen.attempts.slice(1).map((at, index) => at - seen.attempts[index]!)
  expect(gaps.slice(0, 3)).toEqual([800, 1_600, 3_200])
  expect(gaps.at(-1)).toBe(1_600)
})

test('asked for now, it is tried now', async () => {
  const { clock, seen, follower } = world([{ probe: refused }])
  await clock.advance(26_000)
  const before = seen.attempts.length
  follower.retryNow()
  await clock.advance(0)
  expect(seen.attempts).toHaveLength(before + 1)
})

test('a lost lease ends it without a word', async () => {
  const { clock, seen, state, follower } = world([{ says: [{ type: 'batch', batch: list }], ends: 'hang' }])
  await clock.advance(100)
  const before = seen.statuses.length
  state.store = new AppError('conflict', 'lost', { reason: { code: 'lease-lost' } })
  state.said(change('a'))
  await clock.advance(1_000)
  await follower.done
  expect([seen.lost, seen.statuses.length, seen.attempts.length, clock.waiting]).toEqual([1, before, 1, 0])
})

test('our own database being away ends nothing, and nothing is lost', async () => {
  const { clock, seen, state } = world([{ says: [{ type: 'batch', batch: list }], ends: 'hang' }])
  await clock.advance(100)
  state.store = new AppError('unavailable', 'away')
  state.said(change('a'))
  await clock.advance(3_000)
  state.said(change('b'))
  await clock.advance(3_000)
  state.store = null
  await clock.advance(1_000)
  expect([seen.written, seen.attempts.length]).toEqual([['all', 'a,b'], 1])
})

test('stopped, it leaves nothing running', async () => {
  const { clock, seen, follower } = world([{ says: [{ type: 'batch', batch: list }], ends: 'hang' }])
  await clock.advance(100)
  follower.stop()
  await clock.advance(0)
  await follower.done
  expect([seen.closed, clock.waiting]).toEqual([1, 0])
})

test('a kind that cannot be followed keeps nobody waiting, and is told with its reason until it can be', async () => {
  const reason = { code: 'forbidden' }
  const { clock, seen, state, states } = world([
    {
      says: [
        { type: 'unfollowed', kind: 'toy/things', reason },
        { type: 'alive', behind: false },
      ],
      ends: 'hang',
    },
  ])
  await clock.advance(100)
  expect(states().at(-1)).toBe('live')
  expect(seen.statuses.at(-1)?.unfollowed).toEqual({ 'toy/things': reason })
  state.said({ type: 'unfollowed', kind: 'toy/things', reason: null })
  await clock.advance(100)
  expect(seen.statuses.at(-1)?.unfollowed).toEqual({})
})
