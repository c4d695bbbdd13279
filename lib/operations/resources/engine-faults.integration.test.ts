import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sharedDocker, useDatabase as givenDatabase } from '../../../e2e/engines/database.ts'
import { late, startHostile, type Hostile } from '../../../e2e/engines/docker/hostile.ts'
import { startDocker, type TestDocker } from '../../../e2e/engines/docker/start.ts'
import { prisma } from '../../database/index.ts'
import { call, signedIn, type Person } from '../../http/test-client.ts'
import { writeBatch } from '../../inventory/index.ts'
import type { Activity } from '../../model/activity.ts'
import type { Environment } from '../../model/environment.ts'
import { connectionOf } from '../engine-connections.ts'

const shared = sharedDocker()
givenDatabase()

describe.skipIf('missing' in shared)('what people ask of engines', () => {
  let person: Person
  let dockerd: TestDocker
  let others: TestDocker
  let engine: Hostile
  let ill: string
  let well: string
  const name = `asked-${randomUUID().slice(0, 8)}`
  const kind = 'docker/containers'
  const cookie = () => person.cookie

  async function connect(called: string, path: string): Promise<string> {
    const body = { engine: 'docker', name: called, stage: 'dev', settings: { transport: 'socket', path } }
    const { id } = (await (await call('environments.connect', { body, cookie: cookie() })).json()) as Environment
    await prisma().environment.update({ where: { id: Number(id) }, data: { state: 'live' } })
    await prisma().lease.create({ data: { environmentId: Number(id), holder: randomUUID(), fence: 1n, renewedAt: new Date() } })
    return id
  }
  /** Puts a container into the inventory, as sync would have; answers its uid. */
  async function see(environment: string): Promise<string> {
    const seen = await (await connectionOf(environment)).read(kind, name, AbortSignal.timeout(20_000))
    await writeBatch(Number(environment), 1n, { kind, upserts: [seen], deletes: [], complete: false, cursor: null }, new Date())
    return seen.summary.uid
  }
  const act = (environment: string, action: string, uid: string, input = {}) =>
    call('resources.runAction', {
      path: { environment, kind: 'containers', key: name, action },
      body: { input, uid },
      headers: { 'idempotency-key': randomUUID() },
      cookie: cookie(),
    })
  const ended = ({ id }: Activity) =>
    vi.waitUntil(
      async () => {
        const now = (await (await call('activities.read', { path: { id }, cookie: cookie() })).json()) as Activity
        return now.outcome === 'running' ? null : now
      },
      { timeout: 30_000, interval: 50 },
    )
  const stubborn = ['run', '--detach', '--name', name, 'portolan/busybox:1', 'sh', '-c', 'trap "" TERM; while true; do sleep 1; done']

  beforeAll(async () => {
    person = await signedIn({ role: 'administrator', environment: null, namespaces: null })
    others = await startDocker({ name: 'dockerd beside it' })
    dockerd = await startDocker({ name: 'dockerd that is killed' })
    engine = await startHostile(dockerd.socket)
    await Promise.all([dockerd.docker(stubborn), others.docker(stubborn)])
    ;[ill, well] = [await connect('ill', engine.socket), await connect('well', others.socket)]
  }, 120_000)
  afterAll(async () => {
    await engine?.close()
    await Promise.all([dockerd?.stop(), others?.stop()])
  })

  it('of one that hangs keeps nobody else waiting', { timeout: 60_000 }, async () => {
    const [uid, otherUid] = [await see(ill), await see(well)]
    engine.misbehave(/^/, late)
    let answered = 0
    const asked = Array.from({ length: 60 }, async () => {
      const response = await act(ill, 'pause', uid)
      answered++
      return response.status
    })
    for (const action of ['pause', 'unpause']) {
      expect(await ended((await (await act(well, action, otherUid)).json()) as Activity)).toMatchObject({ outcome: 'succeeded' })
      const list = await call('resources.list', { query: { kind }, cookie: cookie() })
      expect(list.status).toBe(200)
    }
    expect(answered, 'all the while those who ask it wait').toBe(0)
    expect(new Set(await Promise.all(asked)), 'and are told that it did not answer').toEqual(new Set([504]))
    expect(await prisma().activity.count({ where: { outcome: 'running' } })).toBe(0)
    engine.behave()
  })

  it('and that is killed in the middle ends as failed, with the reason, and can be asked again', { timeout: 120_000 }, async () => {
    const uid = await see(ill)
    const begun = (await (await act(ill, 'stop', uid, { graceSeconds: 600 })).json()) as Activity
    expect(begun.outcome).toBe('running')
    await dockerd.kill('SIGKILL')
    expect(await ended(begun)).toMatchObject({ outcome: 'failed', error: { code: 'engine_unreachable' } })
    expect((await act(ill, 'start', uid)).status).toBe(503)
    await dockerd.restart()
    expect(await see(ill)).toBe(uid)
    expect(await ended((await (await act(ill, 'start', uid)).json()) as Activity)).toMatchObject({ outcome: 'succeeded' })
    expect(await dockerd.docker(['inspect', '--format', '{{.State.Running}}', name])).toBe('true')
  })
})
