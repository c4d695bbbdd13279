import { describe, expect, test } from 'vitest'
import { rankOf, type Health } from '../model/health.ts'
import { lastOfEach, planBatch, removedKeys, type Known } from './batch.ts'
import { observed } from './fixtures/kinds.ts'

const seen = (key: string, health: Health, uid = '1', namespace: string | null = null) => observed({ key, health, uid, namespace })
const known = (key: string, health: Health, uid = '1', namespace: string | null = null): Known => ({
  id: `id of ${key}`,
  key,
  uid,
  name: key,
  namespace,
  health: rankOf(health),
})

describe('planBatch', () => {
  test('counts move by what came, went and changed, and not by what stayed', () => {
    const plan = planBatch(
      [
        { observed: seen('new', 'healthy'), known: null },
        { observed: seen('worse', 'failing', '1', 'red'), known: known('worse', 'healthy', '1', 'red') },
        { observed: seen('same', 'stopped'), known: known('same', 'stopped') },
      ],
      [known('gone', 'healthy')],
      true,
    )
    expect(plan.deltas).toEqual([
      { namespace: 'red', health: rankOf('healthy'), delta: -1 },
      { namespace: 'red', health: rankOf('failing'), delta: 1 },
    ])
    expect(plan.remove).toEqual(['id of gone'])
    expect(plan.namespaces).toEqual(new Set([null, 'red']))
  })

  test('what moves to another namespace is told to both', () => {
    const plan = planBatch([{ observed: seen('a', 'healthy', '1', 'blue'), known: known('a', 'healthy', '1', 'red') }], [], true)
    expect(plan.namespaces).toEqual(new Set(['red', 'blue']))
    expect(plan.changes).toEqual([])
  })

  test('only what is new to a kind that was listed before has appeared', () => {
    const arriving = [{ observed: seen('a', 'healthy'), known: null }]
    expect(planBatch(arriving, [], false).changes).toEqual([])
    expect(planBatch(arriving, [], true).changes).toMatchObject([{ change: 'appeared', key: 'a' }])
  })

  test('another uid ends one life and begins another, even during the first list', () => {
    const plan = planBatch([{ observed: seen('a', 'failing', '2'), known: known('a', 'healthy', '1') }], [], false)
    expect(plan.changes).toMatchObject([
      { change: 'removed', uid: '1', from_health: rankOf('healthy'), to_health: null },
      { change: 'appeared', uid: '2', from_health: null, to_health: rankOf('failing') },
    ])
  })
})

test('a resource named twice is as it was named last, and is not removed when it is also brought', () => {
  expect(lastOfEach([seen('a', 'healthy'), seen('a\0', 'failing')]).map((one) => one.summary.health)).toEqual(['failing'])
  expect(removedKeys({ kind: 'k', upserts: [seen('a', 'healthy')], deletes: ['a', 'b'], complete: false, cursor: null })).toEqual(['b'])
})
