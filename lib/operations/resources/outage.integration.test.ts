import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { interruptExpired, recordActivity } from '../../access/index.ts'
import { type EmbeddedDatabase, startEmbedded } from '../../database/embedded/index.ts'
import { pool, prisma } from '../../database/index.ts'
import { migrate } from '../../database/migrate.ts'
import { fakeDocker } from '../../engines/docker/fake-docker.ts'
import { call, signedIn } from '../../http/test-client.ts'
import { writeBatch } from '../../inventory/index.ts'
import type { Activity } from '../../model/activity.ts'
import { addDocker } from '../fixtures/fleet.ts'
import { connectionOf } from '../engine-connections.ts'

const settings = { fsync: 'off' }
const kind = 'docker/volumes'
const removing = Promise.withResolvers<void>()
const mayEnd = Promise.withResolvers<void>()
const old = { Name: 'old', Driver: 'local', CreatedAt: '2026-01-01T00:00:00Z', Mountpoint: '/old', Labels: {}, Scope: 'local', Options: {} }

let dataDir: string
let database: EmbeddedDatabase
let engine: Awaited<ReturnType<typeof fakeDocker>>
let environment: string

/** The engine removes the volume only when the test says so. */
async function answer(response: ServerResponse): Promise<void> {
  if (response.req.method !== 'DELETE') return void response.end(JSON.stringify(old))
  removing.resolve()
  await mayEnd.promise
  response.writeHead(204).end()
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'portolan-outcome-'))
  database = await startEmbedded({ dataDir, settings })
  await migrate(database.url)
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('PORTOLAN_SECRET_KEYS', randomBytes(32).toString('base64'))
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('PORTOLAN_DATABASE_TIMEOUT_MS', '1000')
  engine = await fakeDocker({ '/volumes/old': answer })
  environment = await addDocker('here')
  await prisma().environment.update({ where: { id: Number(environment) }, data: { settings: engine.api.http.settings } })
})
afterAll(async () => {
  engine.close()
  await prisma().$disconnect()
  await pool().end()
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const outcomeOf = async (id: string) => (await prisma().activity.findUniqueOrThrow({ where: { id } })).outcome
const away = () => expect(pool().query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' })

it(
  'what the engine did while the database was away is told as done, also when it counted as interrupted',
  { timeout: 60_000 },
  async () => {
    const { cookie } = await signedIn({ role: 'administrator', environment: null, namespaces: null })
    const seen = await (await connectionOf(environment)).read(kind, 'old', AbortSignal.timeout(10_000))
    await writeBatch(Number(environment), 1n, { kind, upserts: [seen], deletes: [], complete: false, cursor: null }, new Date())
    const asked = call('resources.runAction', {
      path: { environment, kind: 'volumes', key: 'old', action: 'remove' },
      body: { input: {}, uid: seen.summary.uid },
      cookie,
    })
    await removing.promise
    const { id, outcome } = (await (await asked).json()) as Activity
    expect(outcome).toBe('running')
    await prisma().activity.update({ where: { id }, data: { leaseUntil: new Date(0) } })
    expect(await interruptExpired()).toBe(1)

    await database.stop()
    await away()
    mayEnd.resolve()
    // Tried at least once in vain, so that it is the second attempt that counts.
    await away()
    database = await startEmbedded({ dataDir, settings })
    await vi.waitUntil(async () => (await outcomeOf(id)) === 'succeeded', 30_000)
  },
)

it('what was done at once is answered as done, and its outcome is written when the database is back', { timeout: 60_000 }, async () => {
  const done = await recordActivity({ userId: randomUUID(), name: 'Ada' }, { verb: 'session.end', requestId: 'r' }, async () => {
    await database.stop()
    await away()
    return 42
  })
  expect(done).toBe(42)
  database = await startEmbedded({ dataDir, settings })
  await vi.waitUntil(async () => (await prisma().activity.findFirst({ where: { requestId: 'r' } }))?.outcome === 'succeeded', 30_000)
})
