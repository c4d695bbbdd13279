import { expect, it } from 'vitest'
import { expiresAt } from './expiry.ts'

const now = Date.parse('2026-11-21T10:30:00.000Z')

it.each([
  ['7', '', '2026-11-28T10:30:00.000Z'],
  ['365', '', '2027-11-21T10:30:00.000Z'],
  ['date', '2026-11-22', '2026-11-22T23:59:59.000Z'],
  ['date', '2027-11-20', '2027-11-20T23:59:59.000Z'],
  ['date', '2026-11-21', null],
  ['date', '2027-11-21', null],
  ['date', '', null],
] as const)('%s %s ends %s', (expiry, date, end) => {
  expect(expiresAt(expiry, date, now)).toBe(end)
})
