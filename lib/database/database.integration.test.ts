import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import type { Topic } from '../model/topic.ts'
import { readSettings } from '../settings.ts'
import { listen, notify, pool, prisma, transaction } from './index.ts'
import { checkKeys } from './keys.ts'

useDatabase()

const countConnections = async (name: string): Promise<number> =>
  (
    await pool().query('SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1', [
      name,
    ])
  ).rows[0].count

/** Topics as they come in; `until` waits for some, `started` until they come in. */
function collectTopics() {
  const topics: Topic[] = []
  const waiting = new Set<() => void>()
  const stop = listen((topic) => {
    topics.push(topic)
    for (const check of waiting) check()
  })
  onTestFinished(stop)
  const until = (wanted: (topic: Topic) => boolean, times = 1) =>
    new Promise<void>((resolve) => {
      const check = () => topics.filter(wanted).length >= times && resolve()
      waiting.add(check)
      check()
    })
  // The listener connects by itself; a topic of our own shows that it does. One after the other: none comes in later.
  const started = async () => {
    while (!topics.some(({ topic }) => topic === 'events')) {
      await notify(null, { topic: 'events' })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { topics, until, started, stop }
}

describe('transaction', () => {
  beforeEach(async () => void (await pool().query('CREATE TABLE marks (value int)')))
  afterEach(async () => void (await pool().query('DROP TABLE marks')))

  it('keeps all when it resolves and nothing when it rejects', async () => {
    await transaction((client) => client.query('INSERT INTO marks VALUES (1)'))
    const failing = transaction(async (client) => {
      await client.query('INSERT INTO marks VALUES (2)')
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect((await pool().query('SELECT value FROM marks')).rows).toEqual([{ value: 1 }])
  })

  it('says unavailable when its connection is cut, and the pool goes on', async () => {
    const cut = transaction(async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
      await pool().query('SELECT pg_terminate_backend($1)', [rows[0].pid])
      await client.query('SELECT 1')
    })
    await expect(cut).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 })
    expect((await pool().query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  it('leaves the errors of a wrong query as they are', async () => {
    await expect(pool().query('SELECT nothing')).rejects.toMatchObject({ code: '42703' })
    await expect(prisma().$queryRaw`SELECT nothing`).rejects.toMatchObject({ name: 'PrismaClientKnownRequestError' })
  })
})

describe('prisma', () => {
  it('uses the one pool', async () => {
    await Promise.all(Array.from({ length: 30 }, () => prisma().user.count()))
    expect(await countConnections('portolan')).toBeLessThanOrEqual(pool().options.max)
  })
})

describe('listen and notify', () => {
  it('says at COMMIT what a transaction noted, and nothing of one that was rolled back', async () => {
    const { topics, until, started } = collectTopics()
    await started()
    const failing = transaction(async (client) => {
      await notify(client, { topic: 'rows', kind: 'rolled-back' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await transaction((client) => notify(client, { topic: 'rows', environment: '7', kind: 'kept' }))
    await until((topic) => topic.topic === 'rows')
    expect(topics.filter(({ topic }) => topic === 'rows')).toEqual([{ topic: 'rows', environment: '7', kind: 'kept' }])
  })

  it('lets nobody who shares the database break it by a notification of his own', async () => {
    const { topics, until, started } = collectTopics()
    await started()
    await pool().query("NOTIFY portolan, 'nonsense'")
    await notify(null, { topic: 'rows', kind: 'after' })
    await until((topic) => topic.topic === 'rows')
    expect(topics.at(-1)).toEqual({ topic: 'rows', kind: 'after' })
  })

  it('comes back after its connection was cut, and says that anything may have changed', async () => {
    const { topics, until, started } = collectTopics()
    await started()
    await pool().query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'portolan listener' AND datname = current_database()",
    )
    // Once when it is lost and once when it is back.
    await until((topic) => topic.topic === 'access', 2)
    expect(new Set(topics.map(({ topic }) => topic))).toEqual(
      new Set(['rows', 'events', 'activities', 'environments', 'access', 'terminals']),
    )
    expect(await countConnections('portolan listener')).toBe(1)
  })

  it('tells nobody what a connection still says that was let go', async () => {
    const { started, stop } = collectTopics()
    await started()
    await notify(null, { topic: 'rows', kind: 'late' })
    // What was said lies in the kernel: nothing here has read it when the next one subscribes.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    stop()
    const { topics, started: startedAnew } = collectTopics()
    await startedAnew()
    expect(topics.filter(({ topic }) => topic === 'rows')).toEqual([])
  })
})

describe('checkKeys', () => {
  let folder: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-keys-'))
    await pool().query('DELETE FROM installation')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const withFile = () => readSettings({ PORTOLAN_DATA: folder })
  const withKeys = (...keys: Buffer[]) => readSettings({ PORTOLAN_SECRET_KEYS: keys.map((key) => key.toString('base64')).join(',') })

  it('makes a key once, readable by its owner alone', async () => {
    await checkKeys(withFile())
    const made = readFileSync(join(folder, 'keys'), 'utf8')
    await checkKeys(withFile())
    expect(readFileSync(join(folder, 'keys'), 'utf8')).toBe(made)
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o600)
  })

  it('refuses a missing key and another installation’s key', async () => {
    await checkKeys(withFile())
    rmSync(join(folder, 'keys'))
    await expect(checkKeys(withFile())).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('is missing') })
    writeFileSync(join(folder, 'keys'), randomBytes(32).toString('base64'))
    await expect(checkKeys(withFile())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('wrong key for this database'),
    })
  })

  it('lets keys be rotated: a new one beside a known one, then alone', async () => {
    const [first, second, stranger] = [randomBytes(32), randomBytes(32), randomBytes(32)]
    await checkKeys(withKeys(first))
    await expect(checkKeys(withKeys(second))).rejects.toMatchObject({ code: 'conflict' })
    await checkKeys(withKeys(second, first))
    await checkKeys(withKeys(second))
    await expect(checkKeys(withKeys(stranger))).rejects.toMatchObject({ code: 'conflict' })
  })
})
