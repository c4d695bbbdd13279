import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { prisma } from '../../database/index.ts'
import { call, signedIn, type Person } from '../../http/test-client.ts'
import { writeBatch } from '../../inventory/index.ts'
import type { Activity } from '../../model/activity.ts'
import type { Environment } from '../../model/environment.ts'
import { connectionOf } from '../engine-connections.ts'
import { dockerAt } from '../../../e2e/engines/docker/command.ts'

const shared = inject('docker')
const socket = 'socket' in shared ? shared.socket : ''
const docker = dockerAt(socket)

useDatabase()

describe.skipIf('missing' in shared)('acting on a real engine', () => {
  const mark = `acts-${randomUUID().slice(0, 8)}`
  const settings = { transport: 'socket', path: socket }
  let administrator: Person
  let environment: Environment
  const name = (stem: string) => `${mark}-${stem}`
  const place = (key: string) => ({ environment: environment.id, kind: 'containers', key })
  const isRunning = async (key: string) => (await docker('inspect', '-f', '{{.State.Running}}', key)) === 'true'

  /** A container that is in the inventory, as sync would have written it; answers its uid. */
  async function make(key: string): Promise<string> {
    await docker('run', '-d', '--name', key, '--stop-signal', 'KILL', 'portolan/busybox:1', 'sleep', '1000')
    return see(key)
  }
  async function see(key: string, kind = 'docker/containers'): Promise<string> {
    const observed = await (await connectionOf(environment.id)).read(kind, key, AbortSignal.timeout(10_000))
    const batch = { kind, upserts: [observed], deletes: [], complete: false, cursor: null }
    await writeBatch(Number(environment.id), 1n, batch, new Date())
    return observed.summary.uid
  }
  const act = (key: string, action: string, body: Record<string, unknown>, idempotencyKey: string = randomUUID()) =>
    call('resources.runAction', {
      path: { ...place(key), action },
      body: { input: {}, ...body },
      headers: { 'idempotency-key': idempotencyKey },
      cookie: administrator.cookie,
    })
  const ended = async (response: Response): Promise<Activity> => {
    const { id } = (await response.json()) as Activity
    return vi.waitUntil(async () => {
      const now = (await (await call('activities.read', { path: { id }, cookie: administrator.cookie })).json()) as Activity
      return now.outcome === 'running' ? null : now
    }, 20_000)
  }
  const errorOf = async (response: Response) => ((await response.json()) as { error: { code: string; reason?: { code: string } } }).error

  beforeAll(async () => {
    administrator = await signedIn({ role: 'administrator', environment: null, namespaces: null })
    const body = { engine: 'docker', name: 'laptop', stage: 'dev', settings }
    environment = (await (await call('environments.connect', { body, cookie: administrator.cookie })).json()) as Environment
    await prisma().lease.create({ data: { environmentId: Number(environment.id), holder: randomUUID(), fence: 1n, renewedAt: new Date() } })
  })
  beforeEach(async () => {
    await prisma().environment.update({ where: { id: Number(environment.id) }, data: { state: 'live', protected: false, pausedAt: null } })
  })
  afterAll(async () => {
    const left = await docker('ps', '-aq', '--filter', `name=${mark}`)
    if (left) await docker('rm', '-f', ...left.split('\n'))
  })

  it('tests before it saves, and says what is connected already', async () => {
    const test = await call('environments.test', { body: { engine: 'docker', settings }, cookie: administrator.cookie })
    expect(await test.json()).toMatchObject({ connectedAs: { id: environment.id, name: 'laptop' } })
    const nowhere = { transport: 'socket', path: '/tmp/there-is-no-such.sock' }
    const refused = await call('environments.test', { body: { engine: 'docker', settings: nowhere }, cookie: administrator.cookie })
    expect(refused.status).toBe(503)
    expect(await errorOf(refused)).toMatchObject({ code: 'engine_unreachable', reason: { code: expect.any(String) } })
  })

  it('does not connect one engine twice, and names the other', async () => {
    const again = { engine: 'docker', name: 'laptop-2', stage: 'dev', settings }
    const response = await call('environments.connect', { body: again, cookie: administrator.cookie })
    expect(response.status).toBe(409)
    expect(await errorOf(response)).toMatchObject({ reason: { code: 'engine_connected', params: { environment: 'laptop' } } })
  })

  it('stops a container once, however often the same wish comes', async () => {
    const key = name('once')
    const uid = await make(key)
    const idempotencyKey = randomUUID()
    const first = await ended(await act(key, 'stop', { uid }, idempotencyKey))
    expect(first).toMatchObject({ outcome: 'succeeded', verb: 'resource.stop', key, environmentName: 'laptop' })
    expect(await isRunning(key)).toBe(false)
    await docker('start', key)
    const second = await act(key, 'stop', { uid }, idempotencyKey)
    expect(await second.json()).toMatchObject({ id: first.id, outcome: 'succeeded' })
    expect(await isRunning(key)).toBe(true)
    expect(await errorOf(await act(key, 'restart', { uid }, idempotencyKey))).toMatchObject({ code: 'conflict' })
  })

  it('refuses what makes no sense on the live object, whatever the inventory still says', async () => {
    const key = name('stopped')
    const uid = await make(key)
    await docker('kill', key)
    const response = await act(key, 'stop', { uid })
    expect(response.status).toBe(412)
    expect(await errorOf(response)).toMatchObject({ code: 'blocked', reason: { code: expect.any(String) } })
    expect(await prisma().activity.count({ where: { key } })).toBe(0)
  })

  it('does not touch another life under the same name', async () => {
    const key = name('twice')
    const uid = await make(key)
    await docker('rm', '-f', key)
    await make(key)
    expect(await errorOf(await act(key, 'stop', { uid }))).toMatchObject({ code: 'conflict', reason: { code: 'another_life' } })
    expect(await isRunning(key)).toBe(true)
  })

  it('asks for a reason in a protected environment, and writes it down', async () => {
    const key = name('protected')
    const uid = await make(key)
    await prisma().environment.update({ where: { id: Number(environment.id) }, data: { protected: true } })
    const refused = await act(key, 'stop', { uid })
    expect(refused.status).toBe(400)
    expect(await errorOf(refused)).toMatchObject({ reason: { code: 'why_required' } })
    expect(await ended(await act(key, 'stop', { uid, why: 'too loud' }))).toMatchObject({ outcome: 'succeeded', why: 'too loud' })
  })

  it.each([
    ['stale', { state: 'stale' }, 'environment_silent'],
    ['paused', { pausedAt: new Date() }, 'environment_paused'],
  ])('is off while the environment is %s', async (_, data, code) => {
    const key = name(`off-${code.replace('_', '-')}`)
    const uid = await make(key)
    await prisma().environment.update({ where: { id: Number(environment.id) }, data })
    expect(await errorOf(await act(key, 'stop', { uid }))).toMatchObject({ code: 'blocked', reason: { code } })
    expect(await isRunning(key)).toBe(true)
  })

  describe('on a selection', () => {
    const batchRows = (batch: string, count: number) =>
      vi.waitUntil(async () => {
        const response = await call('activities.list', { query: { batch }, cookie: administrator.cookie })
        const { rows } = (await response.json()) as { rows: Activity[] }
        return rows.length === count && rows.every(({ outcome }) => outcome !== 'running') ? rows : null
      }, 20_000)
    const runOn = (body: Record<string, unknown>, idempotencyKey: string = randomUUID()) =>
      call('resources.runActions', {
        body: { action: 'stop', ...body },
        headers: { 'idempotency-key': idempotencyKey },
        cookie: administrator.cookie,
      })

    it('has a result for each row, and is one batch for the same key', async () => {
      const keys = await Promise.all(
        ['a', 'b', 'gone'].map(async (stem) => {
          const key = name(`batch-${stem}`)
          return { environment: environment.id, kind: 'docker/containers', key, uid: stem === 'gone' ? 'uid' : await make(key) }
        }),
      )
      const idempotencyKey = randomUUID()
      const response = await runOn({ keys }, idempotencyKey)
      expect(response.status).toBe(202)
      const { batch, count } = (await response.json()) as { batch: string; count: number }
      expect(count).toBe(3)
      const outcomes = Object.fromEntries((await batchRows(batch, 3)).map(({ key, outcome, error }) => [key, [outcome, error?.code]]))
      expect(outcomes).toEqual({
        [name('batch-a')]: ['succeeded', undefined],
        [name('batch-b')]: ['succeeded', undefined],
        [name('batch-gone')]: ['failed', 'not_found'],
      })
      expect(await (await runOn({ keys }, idempotencyKey)).json()).toEqual({ batch, count: 3 })
      expect(await prisma().activity.count({ where: { batchId: batch } })).toBe(3)
    })

    it('of several kinds does to each what its own kind calls so, and refuses what one of them does not have', async () => {
      const [container, volume] = [name('mixed'), name('mixed-data')]
      await docker('create', '--name', container, 'portolan/busybox:1', 'true')
      await docker('volume', 'create', volume)
      const keys = await Promise.all(
        [['docker/containers', container] as const, ['docker/volumes', volume] as const].map(async ([kind, key]) => ({
          environment: environment.id,
          kind,
          key,
          uid: await see(key, kind),
        })),
      )
      expect(await errorOf(await runOn({ keys }))).toMatchObject({ code: 'not_found', reason: { code: 'action_unknown' } })
      const { batch } = (await (await runOn({ keys, action: 'remove', input: {} })).json()) as { batch: string }
      const outcomes = (await batchRows(batch, 2)).map(({ kind, key, outcome }) => [kind, key, outcome])
      expect(outcomes.toSorted((a, b) => a.join().localeCompare(b.join()))).toEqual([
        ['docker/containers', container, 'succeeded'],
        ['docker/volumes', volume, 'succeeded'],
      ])
      expect(await docker('ps', '-aq', '--filter', `name=${container}`)).toBe('')
      expect(await docker('volume', 'ls', '-q', '--filter', `name=${volume}`)).toBe('')
    })

    it('made by a query is frozen to as many as were confirmed', async () => {
      const [one, two] = [name('query-1'), name('query-2')]
      await make(one)
      await make(two)
      const query = { kind: 'docker/containers', environment: environment.id, text: `${mark}-query` }
      expect(await errorOf(await runOn({ query, expected: 3 }))).toMatchObject({
        code: 'conflict',
        reason: { code: 'selection_changed', params: { expected: 3, found: 2 } },
      })
      const { batch } = (await (await runOn({ query, expected: 2 })).json()) as { batch: string }
      expect((await batchRows(batch, 2)).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded'])
      expect([await isRunning(one), await isRunning(two)]).toEqual([false, false])
    })
  })

  it('removes an environment with all that is known of it, and nothing of the engine', async () => {
    const response = await call('environments.remove', { path: { environment: environment.id }, cookie: administrator.cookie })
    expect(response.status).toBe(204)
    const list = await call('resources.list', { query: { kind: 'docker/containers' }, cookie: administrator.cookie })
    expect(await list.json()).toMatchObject({ rows: [], head: { total: 0 } })
    expect(await isRunning(name('twice'))).toBe(true)
    const [last] = await prisma().activity.findMany({ orderBy: { id: 'desc' }, take: 1 })
    expect(last).toMatchObject({ verb: 'environment.remove', environmentName: 'laptop', outcome: 'succeeded' })
  })
})
