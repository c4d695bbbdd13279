import { expect, test } from 'vitest'
import type { Change } from '../../model/change.ts'
import { formatCursor, mergePage, parseCursor, placeOfActivity } from './merge.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

const activity = (second: number): Change => ({
  type: 'activity',
  id: uuid(second),
  at: at(second),
  activity: {
    id: uuid(second),
    batch: null,
    verb: 'resource.stop',
    environment: '1',
    environmentName: 'lab',
    kind: 'docker/containers',
    key: 'web',
    name: 'web',
    userId: null,
    userName: 'ada',
    tokenName: null,
    input: {},
    why: null,
    startedAt: at(second),
    finishedAt: at(second),
    outcome: 'succeeded',
    progress: null,
    output: '',
    error: null,
  },
})
const event = (second: number): Change => ({
  type: 'event',
  id: `e${second}`,
  at: at(second),
  environment: '1',
  kind: 'docker/containers',
  key: 'web',
  name: 'web',
  namespace: null,
  action: 'oom',
  severity: 'error',
  attributes: {},
})

/** Walks all pages the way a reader does. */
function readAll(activities: Change[], events: Change[], limit: number): Change[] {
  const seen: Change[] = []
  let before: string | undefined
  for (;;) {
    const from = parseCursor(before)
    const after = (list: Change[], reached: (change: Change) => boolean) => list.slice(list.findIndex(reached) + 1).slice(0, limit + 1)
    const page = mergePage(
      after(activities, (change) => placeOfActivity(change) === from.activities),
      after(events, (change) => change.id === from.timeline),
      limit,
      from,
    )
    seen.push(...page.rows)
    if (page.next === null) return seen
    before = page.next
  }
}

test('pages of two sources give every change once, newest first', () => {
  const activities = [50, 49, 30, 10, 9].map(activity)
  const events = [48, 47, 46, 45, 44, 31, 29, 8, 7, 6].map(event)
  const seen = readAll(activities, events, 3)
  expect(seen).toHaveLength(15)
  expect(seen.map((c) => c.at)).toEqual(
    seen
      .map((c) => c.at)
      .toSorted()
      .reverse(),
  )
})

test('what happened at one instant keeps the order of its source, also from page to page', () => {
  const events = [10, 9, 8, 2, 1].map((n): Change => ({ ...event(7), id: `e${n}` }))
  const activities = [2, 1].map((n): Change => ({ ...activity(7), id: uuid(n) }))
  for (const limit of [1, 2, 3]) {
    expect(readAll(activities, events, limit).map((change) => change.id)).toEqual(['e10', 'e9', 'e8', 'e2', 'e1', uuid(2), uuid(1)])
  }
})

test('a source that ends or is empty does not end the other', () => {
  expect(readAll([], [5, 4, 3].map(event), 1)).toHaveLength(3)
  expect(readAll([7].map(activity), [5, 4, 3].map(event), 2)).toHaveLength(4)
})

test('the last page says so', () => {
  expect(mergePage([activity(1)], [], 1, parseCursor(undefined)).next).toBeNull()
})

test('a cursor survives the URL and nothing else is taken for one', () => {
  const cursor = { activities: placeOfActivity(activity(3)), timeline: 'e42' }
  expect(parseCursor(formatCursor(cursor))).toEqual(cursor)
  expect(() => parseCursor("1' or 1=1")).toThrow('before')
})
