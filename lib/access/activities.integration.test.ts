import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { finishActivity, outputLimit, reportProgress, startActivity, type NewActivity } from './activities.ts'
import { interruptExpired, renewActivities } from './activity-leases.ts'
import { recordActivity } from './activity-outcomes.ts'

useDatabase()

const ada = { userId: randomUUID(), name: 'Ada' }
const stop: NewActivity = {
  verb: 'resource.stop',
  environment: { id: 7, name: 'laptop' },
  resource: { kind: 'docker/containers', key: 'web', name: 'web', namespace: null },
  input: { graceSeconds: 10, force: false },
  why: 'too loud',
  requestId: randomUUID(),
}

beforeEach(async () => {
  await prisma().activity.deleteMany()
})

describe('an activity', () => {
  it('says who, what, on what and why before it begins, and how it ended', async () => {
    const { activity, fresh } = await startActivity(ada, stop)
    expect(fresh).toBe(true)
    expect(activity).toMatchObject({
      verb: 'resource.stop',
      environment: '7',
      environmentName: 'laptop',
      key: 'web',
      userName: 'Ada',
      why: 'too loud',
      outcome: 'running',
    })
    expect(await finishActivity(activity.id, { output: 'web' })).toMatchObject({
      outcome: 'succeeded',
      progress: 1,
      output: 'web',
      error: null,
    })
  })

  it('keeps why it failed, and nothing of an error that nobody knows', async () => {
    const one = (await startActivity(ada, stop)).activity.id
    const failure = new AppError('engine_failed', 'no such container', { reason: { code: 'resource_gone', params: { name: 'web' } } })
    expect((await finishActivity(one, { failure })).error).toEqual({
      code: 'engine_failed',
      message: 'no such container',
      reason: failure.reason,
    })
    const other = (await startActivity(ada, stop)).activity.id
    expect(JSON.stringify(await finishActivity(other, { failure: new Error('password=hunter2') }))).not.toContain('hunter2')
  })

  it('keeps the end of a long output', async () => {
    const { activity } = await startActivity(ada, stop)
    await reportProgress(activity.id, { fraction: 0.5, output: 'x'.repeat(outputLimit * 2) })
    const { output } = await finishActivity(activity.id, { output: `${'x'.repeat(outputLimit * 2)}the end` })
    expect(output).toHaveLength(outputLimit)
    expect(output.endsWith('the end')).toBe(true)
  })
})

describe('the same Idempotency-Key', () => {
  const keyed = { ...stop, idempotencyKey: 'k1' }

  it('is the same activity, whoever comes first of many', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => startActivity(ada, keyed)))
    expect(all.filter(({ fresh }) => fresh)).toHaveLength(1)
    expect(new Set(all.map(({ activity }) => activity.id)).size).toBe(1)
  })

  it('does not mind the order of fields', async () => {
    await startActivity(ada, keyed)
    expect(await startActivity(ada, { ...keyed, input: { force: false, graceSeconds: 10 } })).toMatchObject({ fresh: false })
  })

  it.each([
    ['another verb', { verb: 'resource.start' }],
    ['another input', { input: { graceSeconds: 11, force: false } }],
    ['another resource', { resource: { ...stop.resource!, key: 'db' } }],
    ['another reason', { why: 'because' }],
  ])('with %s is a conflict', async (_, other) => {
    await startActivity(ada, keyed)
    await expect(startActivity(ada, { ...keyed, ...other })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('of another person is another activity', async () => {
    await startActivity(ada, keyed)
    expect(await startActivity({ userId: randomUUID(), name: 'Eve' }, keyed)).toMatchObject({ fresh: true })
  })
})

describe('a lease', () => {
  const outcomeOf = async (id: string) => (await prisma().activity.findUniqueOrThrow({ where: { id } })).outcome
  const age = (id: string) => prisma().activity.update({ where: { id }, data: { leaseUntil: new Date(0) } })

  it('that nobody renews leaves the activity interrupted, never running for ever', async () => {
    const [renewed, forgotten] = [(await startActivity(ada, stop)).activity.id, (await startActivity(ada, stop)).activity.id]
    expect(await interruptExpired()).toBe(0)
    await age(renewed)
    await age(forgotten)
    await renewActivities([renewed])
    expect(await interruptExpired()).toBe(1)
    expect(await prisma().activity.findUniqueOrThrow({ where: { id: forgotten } })).toMatchObject({
      outcome: 'interrupted',
      leaseUntil: null,
    })
    expect(await outcomeOf(renewed)).toBe('running')
  })

  it('is told by the clock of the database: a host whose clock is wrong neither loses its activities nor ends those of others', async () => {
    const own = (await startActivity(ada, stop)).activity.id
    for (const hours of [1, -1]) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 })
      try {
        const other = (await startActivity(ada, stop)).activity.id
        await renewActivities([other])
        expect(await interruptExpired()).toBe(0)
        vi.useRealTimers()
        expect(await interruptExpired()).toBe(0)
        expect([await outcomeOf(own), await outcomeOf(other)]).toEqual(['running', 'running'])
      } finally {
        vi.useRealTimers()
      }
    }
  })
})

it('what is done at once is written down with its outcome, and its failure goes on', async () => {
  expect(await recordActivity(ada, { verb: 'session.end', requestId: 'r' }, async () => 42)).toBe(42)
  const failing = recordActivity(ada, { verb: 'session.end', requestId: 'r' }, async () => {
    throw new AppError('not_found', 'gone')
  })
  await expect(failing).rejects.toMatchObject({ code: 'not_found' })
  const rows = await prisma().activity.findMany({ orderBy: { id: 'asc' } })
  expect(rows.map(({ outcome }) => outcome)).toEqual(['succeeded', 'failed'])
})
