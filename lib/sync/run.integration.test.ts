import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { sharedDocker, useDatabase as givenDatabase } from '../../e2e/engines/database.ts'
import { notify, pool, prisma, transaction } from '../database/index.ts'
import { readCursors, writeBatch } from '../inventory/index.ts'
import { holdFence } from '../inventory/write.ts'
import { nextVoidMs, releaseLeases, renewLeases, takeLeases } from './lease.ts'
import { runSync } from './run.ts'
import { until } from '../../e2e/engines/until.ts'
import { dockerAt } from '../../e2e/engines/docker/command.ts'

vi.stubEnv('PORTOLAN_LEASE_RENEW_MS', '300')
vi.stubEnv('PORTOLAN_LEASE_VOID_MS', '1000')
vi.stubEnv('PORTOLAN_STALE_AFTER_MS', '1500')
vi.stubEnv('PORTOLAN_PROBE_INTERVAL_MS', '500')
givenDatabase()

const docker = sharedDocker()
const socket = 'socket' in docker ? docker.socket : '/nowhere'
const onDocker = dockerAt(socket)

/** Looks again and again until it holds; a test that waits for ever ends by its own time-out. */
async function addEnvironment(name: string, path = socket, engine = 'docker'): Promise<number> {
  const { id } = await prisma().environment.create({
    data: {
      name,
      engine,
      stage: 'dev',
      flagHue: 'teal',
      flagPattern: 'cross',
      flagCode: 'DEV',
      protected: false,
      settings: { transport: 'socket', path },
      engineId: `${name}-engine`,
    },
  })
  await notify(null, { topic: 'environments', environment: String(id) })
  return id
}
const environmentOf = (id: number) => prisma().environment.findUniqueOrThrow({ where: { id } })
const rowsOf = async (id: number, kind = 'docker/containers') =>
  (
    await pool().query<{ key: string; state: { code: string } }>(
      'SELECT key, state FROM resources WHERE environment_id = $1 AND kind = $2 ORDER BY key',
      [id, kind],
    )
  ).rows
const leaseOf = async (id: number) =>
  (
    await pool().query<{ holder: string; fence: string; fresh: boolean }>(
      `SELECT holder, fence, renewed_at > now() - interval '1 s' AS fresh FROM leases WHERE environment_id = $1`,
      [id],
    )
  ).rows[0]

const started: { stop(): Promise<void> }[] = []
function startSync() {
  const stopping = new AbortController()
  const running = runSync(stopping.signal)
  const sync = {
    async stop() {
      stopping.abort()
      await running
    },
  }
  started.push(sync)
  return sync
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((sync) => sync.stop()))
  await prisma().environment.deleteMany()
  await pool().query('DELETE FROM leases')
})

describe('leases', () => {
  const [ada, grace] = ['00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-0000000000bb']

  test('one holds it, nobody takes it while it is fresh, and whoever takes it later has a greater fence', async () => {
    const id = await addEnvironment('leased')
    expect(await takeLeases(ada, [id], 5, 1_000)).toEqual([{ environmentId: id, fence: 1n }])
    expect(await takeLeases(grace, [id], 5, 1_000)).toEqual([])
    expect(await renewLeases(ada)).toEqual([{ environmentId: id, fence: 1n }])
    await pool().query(`UPDATE leases SET renewed_at = now() - interval '2 s' WHERE environment_id = $1`, [id])
    expect(await takeLeases(grace, [id], 5, 1_000)).toEqual([{ environmentId: id, fence: 2n }])
    expect(await renewLeases(ada)).toEqual([])
  })

  test('of many who race for one, one gets it', async () => {
    const id = await addEnvironment('raced')
    const holders = Array.from({ length: 8 }, (_, n) => `00000000-0000-0000-0000-00000000000${n}`)
    const taken = await Promise.all(holders.map((holder) => takeLeases(holder, [id], 1, 1_000)))
    expect(taken.flat()).toHaveLength(1)
  })

  test('a lease given back is free at once, and its fence goes on', async () => {
    const id = await addEnvironment('returned')
    await takeLeases(ada, [id], 1, 60_000)
    await releaseLeases(ada, [id])
    expect(await takeLeases(grace, [id], 1, 60_000)).toEqual([{ environmentId: id, fence: 2n }])
  })

  test('one that a hanging holder has locked keeps nobody from taking the others', async () => {
    const [locked, free] = [await addEnvironment('locked'), await addEnvironment('unlocked')]
    await takeLeases(ada, [locked, free], 5, 1_000)
    await pool().query(`UPDATE leases SET renewed_at = now() - interval '2 s'`)
    await transaction(async (hanging) => {
      await holdFence(hanging, locked, 1n)
      expect(await takeLeases(grace, [locked, free], 5, 1_000)).toEqual([{ environmentId: free, fence: 2n }])
      // And PostgreSQL ends whoever is silent in the middle of a transaction.
      expect((await hanging.query('SHOW idle_in_transaction_session_timeout')).rows).toEqual([
        { idle_in_transaction_session_timeout: '10s' },
      ])
    })
    expect(await takeLeases(grace, [locked, free], 5, 1_000)).toEqual([{ environmentId: locked, fence: 2n }])
  })

  test('the next one to become void is known, of others and not of long ago', async () => {
    const [own, others, longAgo] = [await addEnvironment('own'), await addEnvironment('others'), await addEnvironment('long-ago')]
    await takeLeases(ada, [own], 5, 1_000)
    expect(await nextVoidMs(ada, 60_000)).toBeNull()
    await takeLeases(grace, [others, longAgo], 5, 1_000)
    await pool().query(`UPDATE leases SET renewed_at = now() - interval '1 h' WHERE environment_id = $1`, [longAgo])
    const ms = await nextVoidMs(ada, 60_000)
    expect(ms).toBeGreaterThan(0)
    expect(ms).toBeLessThanOrEqual(60_000)
  })

  test('after a take-over the former holder writes nothing any more', async () => {
    const id = await addEnvironment('taken')
    await takeLeases(ada, [id], 1, 1_000)
    await pool().query(`UPDATE leases SET renewed_at = now() - interval '2 s' WHERE environment_id = $1`, [id])
    await takeLeases(grace, [id], 1, 1_000)
    const batch = { kind: 'docker/containers', upserts: [], deletes: [], complete: true, cursor: '5' }
    await expect(writeBatch(id, 1n, batch, new Date())).rejects.toMatchObject({ code: 'conflict' })
    expect(await readCursors(id)).toEqual({})
    await writeBatch(id, 2n, batch, new Date())
    expect(await readCursors(id)).toEqual({ 'docker/containers': '5' })
  })
})

describe('an engine that is not there', () => {
  test('says why', async () => {
    startSync()
    const gone = await addEnvironment('gone', '/tmp/portolan-no-such.sock')
    await until(async () => (await environmentOf(gone)).error !== null)
    const row = await environmentOf(gone)
    expect(row).toMatchObject({ state: 'connecting', lastContactAt: null })
    expect((row.error as { code: string }).code).not.toBe('sync-failed')
  })

  test('does not keep others from being followed, even when it is of no engine that we know', async () => {
    startSync()
    await addEnvironment('unknown', '/', 'abacus')
    const other = await addEnvironment('other', '/tmp/portolan-no-such.sock')
    expect(await until(async () => (await environmentOf(other)).error)).toHaveProperty('code')
  })

  test('paused it is let go and says so', async () => {
    startSync()
    const id = await addEnvironment('paused', '/tmp/portolan-no-such.sock')
    await until(async () => (await leaseOf(id))?.fresh)
    await prisma().environment.update({ where: { id }, data: { pausedAt: new Date() } })
    await notify(null, { topic: 'environments', environment: String(id) })
    await until(async () => (await environmentOf(id)).state === 'paused')
    expect(await until(async () => !(await leaseOf(id))?.fresh)).toBe(true)
  })
})

test('two syncs share the environments evenly; when one ends, the other takes over at once', async () => {
  const ids = await Promise.all(['a', 'b', 'c', 'd'].map((name) => addEnvironment(name, `/tmp/portolan-no-${name}.sock`)))
  const shares = async () => {
    const { rows } = await pool().query<{ held: number }>(
      `SELECT count(*)::int AS held FROM leases WHERE renewed_at > now() - interval '1 s' GROUP BY holder ORDER BY 1`,
    )
    return rows.map((row) => row.held)
  }
  const first = startSync()
  await until(async () => (await shares())[0] === ids.length)
  startSync()
  await until(async () => (await shares()).join() === '2,2')
  await first.stop()
  expect(await until(async () => (await shares()).join() === '4')).toBe(true)
})

describe.skipIf('missing' in docker)('a real Docker', () => {
  beforeAll(async () => {
    const left = await onDocker('ps', '-aq', '--filter', 'label=portolan.sync-test')
    if (left) await onDocker('rm', '-f', ...left.split('\n'))
  })
  const create = (name: string, ...command: string[]) =>
    onDocker(
      'run',
      '-d',
      '--label',
      'portolan.sync-test',
      '--name',
      name,
      'portolan/busybox:1',
      ...(command.length ? command : ['sleep', '600']),
    )

  test('is listed, live, and followed', async () => {
    startSync()
    const id = await addEnvironment('real')
    await until(async () => (await environmentOf(id)).state === 'live')
    expect(await environmentOf(id)).toMatchObject({ error: null, engineVersion: expect.stringMatching(/^\d+\./) })
    expect((await rowsOf(id, 'docker/images')).length).toBeGreaterThan(0)
    await create('followed')
    await until(async () => (await rowsOf(id)).some((row) => row.key === 'followed' && row.state.code !== 'created'))
    await onDocker('rm', '-f', 'followed')
    await until(async () => !(await rowsOf(id)).some((row) => row.key === 'followed'))
    const before = (await environmentOf(id)).lastContactAt!
    await until(async () => (await environmentOf(id)).lastContactAt! > before)
  })

  test('killed in the middle of changes, sync leaves an inventory that the next one makes true', async () => {
    const id = await addEnvironment('killed')
    for (const round of [1, 2, 3]) {
      const sync = spawnSync()
      await until(async () => (await leaseOf(id))?.fresh)
      const changing = Promise.all(
        [1, 2, 3, 4].map((n) => create(`killed-${round}-${n}`, n % 2 ? 'true' : 'sleep', ...(n % 2 ? [] : ['600']))),
      )
      await until(async () => (await rowsOf(id)).some((row) => row.key.startsWith(`killed-${round}`)))
      sync.kill('SIGKILL')
      await once(sync, 'exit')
      await changing
    }
    await onDocker('rm', '-f', 'killed-1-2', 'killed-2-4')
    startSync()
    const real = async () => (await onDocker('ps', '-a', '--format', '{{.Names}}')).split('\n').sort().join()
    await until(async () => (await rowsOf(id)).map((row) => row.key).join() === (await real()))
    const counted = await pool().query<{ kept: string; real: string }>(
      `SELECT (SELECT sum(count) FROM counts WHERE environment_id = $1 AND kind = 'docker/containers') AS kept,
         (SELECT count(*) FROM resources WHERE environment_id = $1 AND kind = 'docker/containers') AS real`,
      [id],
    )
    expect(counted.rows[0]!.kept).toBe(counted.rows[0]!.real)
  }, 90_000)
})

/** The program itself, in a process of its own that can be killed. */
function spawnSync(): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, '../../sync.ts')], { stdio: 'ignore', env: process.env })
}
