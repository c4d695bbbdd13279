import { expect, test } from 'vitest'
import { formatFilters, isFiltered, parseFilters, queryOf } from './filters.ts'

test('an address comes back as it was written', () => {
  const address = '?q=web+1&environment=2&kind=docker%2Fcontainers&who=Ada&source=people&outcome=failed&time=24h&before=%7E17-4'
  expect(formatFilters(parseFilters(new URLSearchParams(address)))).toBe(address)
})

test('what is not known in an address is left out', () => {
  expect(parseFilters(new URLSearchParams('?outcome=lost&time=9y&source=&colour=red'))).toEqual({})
})

test('a later page of everything is not filtered', () => {
  expect(isFiltered({ before: '~17-4' })).toBe(false)
  expect(isFiltered({ who: 'Ada' })).toBe(true)
})

test('a period begins at a whole minute, so that two readers share one query', () => {
  const at = (second: number) => queryOf({ time: '1h', outcome: 'failed', q: 'web' }, new Date(Date.UTC(2026, 0, 1, 12, 30, second)), 100)
  expect(at(1)).toEqual({ since: '2026-01-01T11:30:00.000Z', outcome: ['failed'], text: 'web', limit: 100 })
  expect(at(59)).toEqual(at(1))
})
