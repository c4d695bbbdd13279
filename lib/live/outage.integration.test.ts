import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from '../database/embedded/index.ts'
import { pool, prisma } from '../database/index.ts'
import { migrate } from '../database/migrate.ts'
import { cookieName, cookieSecret } from '../access/cookie.ts'
import { type ChannelState, LiveClient } from '../client/live-client.ts'
import { fakeDocker } from '../engines/docker/fake-docker.ts'
import { systemClock } from '../model/clock.ts'
import { applyRowsFrame, type LiveList, type RowsFrame } from '../model/live.ts'
import type { Row } from '../model/resource.ts'
import { runSync } from '../sync/run.ts'
import { attachLive } from './attach.ts'
import { until } from '../../e2e/engines/until.ts'

const settings = { fsync: 'off' }
const volume = (Name: string) => ({ Name, Mountpoint: `/volumes/${Name}`, CreatedAt: '2026-01-01T00:00:00Z' })
/** What the engine has; sync lists it again and again. */
const volumes = [volume('before')]

let dataDir: string
let database: EmbeddedDatabase
let server: Server
let detach: () => void
let engine: Awaited<ReturnType<typeof fakeDocker>>
let stopSync: () => Promise<void>

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'portolan-outage-'))
  database = await startEmbedded({ dataDir, settings })
  await migrate(database.url)
  const reserved = createTcpServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => reserved.once('listening', resolve))
  const { port } = reserved.address() as AddressInfo
  await new Promise((resolve) => reserved.close(resolve))
  vi.stubEnv('PORT', String(port))
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('PORTOLAN_SECRET_KEYS', randomBytes(32).toString('base64'))
  vi.stubEnv('LOG_LEVEL', 'silent')
  vi.stubEnv('PORTOLAN_LEASE_RENEW_MS', '200')
  vi.stubEnv('PORTOLAN_RELIST_INTERVAL_MS', '200')
  vi.stubEnv('PORTOLAN_DATABASE_TIMEOUT_MS', '1000')

  engine = await fakeDocker({ '/volumes': (response: { end(text: string): void }) => response.end(JSON.stringify({ Volumes: volumes })) })
  await prisma().environment.create({
    data: {
      name: 'here',
      engine: 'docker',
      stage: 'dev',
      flagHue: 'teal',
      flagPattern: 'cross',
      flagCode: 'DEV',
      protected: false,
      settings: engine.api.http.settings,
      engineId: 'fake',
    },
  })
  server = createServer((_, response) => response.end())
  detach = attachLive(server)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const stopping = new AbortController()
  const running = runSync(stopping.signal)
  stopSync = () => {
    stopping.abort()
    return running
  }
})
afterAll(async () => {
  await stopSync()
  detach()
  server.close()
  engine.close()
  await prisma().$disconnect()
  await pool().end()
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** A browser that follows the list of volumes. */
async function follow() {
  const user = await prisma().user.create({ data: { login: 'ada', name: 'Ada', bindings: { create: { role: 'viewer', namespaces: [] } } } })
  const session = await prisma().session.create({
    data: { userId: user.id, expiresAt: new Date(Date.now() + 3_600_000), address: '', userAgent: '' },
  })
  const origin = `http://localhost:${process.env.PORT}`
  const headers = { origin, cookie: `${cookieName('session')}=${await encode({ token: { sid: session.id }, secret: cookieSecret() })}` }
  const seen = { list: undefined as LiveList<Row> | undefined, states: [] as ChannelState[] }
  const WithHeaders = WebSocket as unknown as new (url: string, options: { headers: Record<string, string> }) => WebSocket
  const client = new LiveClient({
    makeSocket: () => new WithHeaders(`${origin.replace('http', 'ws')}/api/live`, { headers }),
    clock: systemClock,
    random: () => 0,
    onRefused: () => undefined,
    onSessionEnded: () => expect.fail('An outage ended the session.'),
  })
  const close = client.open('rows', () => ({ operation: 'resources.list', input: { kind: 'docker/volumes' } }), {
    onData: (frame) => (seen.list = applyRowsFrame(seen.list, frame as RowsFrame)),
    onState: (state) => void seen.states.push(state),
  })
  return { seen, close }
}

test('when the database goes and comes back, sync and open pages go on by themselves, and miss nothing', { timeout: 60_000 }, async () => {
  const { seen, close } = await follow()
  const names = () => seen.list?.rows.map((row) => row.name).toSorted() ?? []
  await until(() => names().join() === 'before')

  await database.stop()
  volumes.push(volume('meanwhile'))
  await expect(pool().query('SELECT 1')).rejects.toMatchObject({ code: 'unavailable' })
  const told = seen.states.length
  database = await startEmbedded({ dataDir, settings })

  await until(() => names().join() === 'before,meanwhile')
  volumes.push(volume('after'))
  await until(() => names().join() === 'after,before,meanwhile')
  expect(seen.states.at(-1)).toBe('live')
  expect(seen.states.slice(0, told)).not.toContain('ended')
  const { rows } = await pool().query<{ count: number }>(`SELECT count::int FROM counts WHERE kind = 'docker/volumes' AND count <> 0`)
  expect(rows.map(({ count }) => count)).toEqual([3])
  close()
})
