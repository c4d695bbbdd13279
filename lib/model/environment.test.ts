import { expect, test } from 'vitest'
import { asOf, behindInMs, type Followed } from './environment.ts'

const heard = Date.parse('2026-11-21T10:00:00.000Z')
const after = (seconds: number) => new Date(heard + seconds * 1000)
const followed = (state: Followed['state']): Followed => ({
  state,
  stateSince: '2026-11-21T08:00:00.000Z',
  lastContactAt: new Date(heard).toISOString(),
  error: null,
})
const limit = 15_000

test('what is written as live is behind when nobody wrote for too long, since it was heard last', () => {
  expect(asOf(followed('live'), after(14.9), limit)).toEqual(followed('live'))
  expect(asOf(followed('live'), after(15), limit)).toMatchObject({
    state: 'behind',
    stateSince: '2026-11-21T10:00:00.000Z',
    error: { code: 'sync-silent' },
  })
})

test('what was said to be stale, paused, behind or new stays so', () => {
  for (const state of ['stale', 'paused', 'behind', 'connecting'] as const)
    expect(asOf(followed(state), after(900), limit).state).toBe(state)
})

test('says when to look again: when the first that is live would be behind', () => {
  const older = { ...followed('live'), lastContactAt: after(-4).toISOString() }
  expect(behindInMs([followed('live'), older, followed('stale')], after(1), limit)).toBe(10_000)
  expect(behindInMs([followed('stale'), followed('behind')], after(1), limit)).toBeNull()
  expect(behindInMs([], after(1), limit)).toBeNull()
})
