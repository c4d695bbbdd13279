import { expect, test } from 'vitest'
import type { Change } from '../../model/change.ts'
import { nameCauses, type Deed } from './causes.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))

const deed = (part: Partial<Deed>): Deed => ({
  id: 'a1',
  verb: 'resource.restart',
  userName: 'Ada Lovelace',
  environmentId: 1,
  kind: 'docker/containers',
  key: 'web',
  startedAt: at(10),
  finishedAt: at(20),
  ...part,
})
const change = (second: number, part: Partial<{ environment: string; kind: string; key: string }> = {}): Change => ({
  type: 'change',
  id: String(second),
  at: at(second).toISOString(),
  environment: '1',
  kind: 'docker/containers',
  key: 'web',
  name: 'web',
  namespace: null,
  uid: 'u',
  change: 'health',
  from: 'healthy',
  to: 'moving',
  state: null,
  reason: null,
  ...part,
})
const causeOf = (one: Change, ...deeds: Deed[]) => {
  const [named] = nameCauses([one], deeds)
  return named?.type === 'change' ? named.after?.id : undefined
}

test.each([
  ['before it began', 9, undefined],
  ['as it began', 10, 'a1'],
  ['while it ran', 15, 'a1'],
  ['a little after its end', 25, 'a1'],
  ['long after its end', 26, undefined],
])('a change %s', (_, second, cause) => expect(causeOf(change(second), deed({}))).toBe(cause))

test('what still runs is the cause of whatever comes', () => expect(causeOf(change(50), deed({ finishedAt: null }))).toBe('a1'))

test('another thing, kind or environment is no cause', () => {
  expect(causeOf(change(15, { key: 'web-2' }), deed({}))).toBeUndefined()
  expect(causeOf(change(15, { kind: 'docker/volumes' }), deed({}))).toBeUndefined()
  expect(causeOf(change(15, { environment: '2' }), deed({}))).toBeUndefined()
})

test('of several the youngest that had begun', () => {
  const deeds = [deed({ id: 'later', startedAt: at(18) }), deed({ id: 'first' }), deed({ id: 'second', startedAt: at(12) })]
  expect(causeOf(change(15), ...deeds)).toBe('second')
})

test('who and what is said, and activities stay as they are', () => {
  expect(nameCauses([change(15)], [deed({})])).toEqual([
    { ...change(15), after: { id: 'a1', verb: 'resource.restart', userName: 'Ada Lovelace' } },
  ])
})
