import { expect, it } from 'vitest'
import { instantOf } from './instants.ts'

it('instants are ISO 8601 in UTC, and "never" is none', () => {
  expect(instantOf('0001-01-01T00:00:00Z')).toBeNull()
  expect(instantOf('2026-01-01T12:00:00.123456789+02:00')).toBe('2026-01-01T10:00:00.123Z')
  expect(instantOf(1_795_240_759)).toBe('2026-11-21T05:59:19.000Z')
  expect(instantOf('yesterday')).toBeNull()
})
