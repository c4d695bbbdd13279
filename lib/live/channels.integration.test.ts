import { describe, expect, test } from 'vitest'
import { notify, prisma } from '../database/index.ts'
import { endedSession } from '../model/live.ts'
import { registry } from '../operations/system/metrics.ts'
import { silentAfterMs } from '../settings.ts'
import { connect, environment, list, signIn, givenLiveServer } from './fixtures/live-server.ts'
import { until } from '../../e2e/engines/until.ts'

givenLiveServer()

describe('what is open', () => {
  test('an unknown operation, one that cannot be followed, and nonsense are refused by name', async () => {
    const tab = await connect((await signIn()).headers)
    tab.open('1', 'rows', { operation: 'no.such' })
    tab.open('2', 'rows', { operation: 'resources.facets', input: { kind: 'docker/containers' } })
    tab.open('3', 'rows', list({ kind: 5 }))
    tab.open('4', 'logs', { environment, kind: 'docker/containers', key: 'nobody' })
    tab.open('5', 'logs', { environment, kind: 'docker/images', key: 'nobody' })
    await until(() => tab.errors().length === 5)
    expect(tab.errors().toSorted()).toEqual(['invalid_input', 'not_found', 'not_found', 'unsupported', 'unsupported'])
  })

  test('is counted for whoever watches this process', async () => {
    const figure = async (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await registry().metrics())?.[1])
    await until(async () => (await figure('portolan_live_sockets')) === 0)
    const tab = await connect((await signIn()).headers)
    tab.open('1', 'rows', list())
    await until(() => tab.data('1').length)
    expect([await figure('portolan_live_sockets'), await figure('portolan_live_channels')]).toEqual([1, 1])
    expect(await figure('portolan_live_queries')).toBeGreaterThan(0)
    expect(await figure('portolan_followed_environments')).toBe(0)
  })

  test('says at once what became of an environment, however lately it was asked for', async () => {
    const tab = await connect((await signIn()).headers)
    tab.open('1', 'rows', list())
    await until(() => tab.data('1').length)
    const lastContactAt = new Date()
    for (const state of ['paused', 'live', 'paused']) {
      await prisma().environment.update({ where: { id: Number(environment) }, data: { state, lastContactAt } })
      await notify(null, { topic: 'environments', environment })
      const before = tab.data('1').length
      await until(() => tab.data('1').length > before)
      expect(JSON.stringify(tab.data('1').at(-1))).toContain(`"state":"${state}"`)
    }
  })

  test('ends with the session', async () => {
    const { headers, session, user } = await signIn()
    const tab = await connect(headers)
    tab.open('1', 'rows', list())
    await until(() => tab.data('1').length)
    await prisma().session.update({ where: { id: session.id }, data: { endedAt: new Date() } })
    await notify(null, { topic: 'access', user: user.id })
    expect(await tab.closed).toBe(endedSession)
  })

  test('ends where rights end, and begins anew where they changed', async () => {
    const { headers, user } = await signIn()
    const tab = await connect(headers)
    tab.open('1', 'rows', list())
    await until(() => tab.data('1').length === 1)
    await prisma().roleBinding.updateMany({ where: { userId: user.id }, data: { role: 'operator' } })
    await notify(null, { topic: 'access', user: user.id })
    await until(() => tab.data('1').length === 2)
    expect(tab.data('1')[1]).toMatchObject({ type: 'all' })
    await prisma().roleBinding.deleteMany({ where: { userId: user.id } })
    await notify(null, { topic: 'access', user: user.id })
    await until(() => tab.errors().length)
    expect(tab.errors()).toEqual(['not_found'])
  })

  test('is woken by the database: a state that changed is a frame', async () => {
    const tab = await connect((await signIn()).headers)
    tab.open('1', 'rows', { operation: 'environments.list', input: {} })
    await until(() => tab.data('1').length === 1)
    await prisma().environment.update({ where: { id: Number(environment) }, data: { description: 'new words' } })
    await notify(null, { topic: 'environments', environment })
    await until(() => tab.data('1').length === 2)
    expect(tab.data('1')[1]).toMatchObject({ type: 'patch', upserts: [{ id: environment, description: 'new words' }] })
  })

  test('an open page hears that nobody follows an environment any more, although nobody is left to say so', async () => {
    const { state, lastContactAt } = await prisma().environment.findUniqueOrThrow({ where: { id: Number(environment) } })
    const heard = new Date(Date.now() - silentAfterMs() + 1_500)
    await prisma().environment.update({ where: { id: Number(environment) }, data: { state: 'live', lastContactAt: heard } })
    const tab = await connect((await signIn()).headers)
    tab.open('all', 'rows', { operation: 'environments.list', input: {} })
    tab.open('list', 'rows', { operation: 'resources.list', input: { kind: 'docker/containers', environment } })
    await until(() => tab.data('all').length === 1 && tab.data('list').length === 1)
    expect(tab.data('all')[0]).toMatchObject({ rows: [{ id: environment, state: 'live' }] })
    expect(tab.data('list')[0]).toMatchObject({ head: { environments: [{ id: environment, state: 'live' }] } })
    await until(() => tab.data('all').length === 2 && tab.data('list').length === 2)
    const behind = { id: environment, state: 'behind', stateSince: heard.toISOString() }
    expect(tab.data('all')[1]).toMatchObject({ type: 'patch', upserts: [{ ...behind, error: { code: 'sync-silent' } }] })
    expect(tab.data('list')[1]).toMatchObject({ type: 'patch', upserts: [], head: { environments: [behind] } })
    await prisma().environment.update({ where: { id: Number(environment) }, data: { state, lastContactAt } })
  })
})
