import { expect, test } from 'vitest'
import { verdictOnConnecting } from './rights.ts'

test('an administrator of the whole fleet may connect engines', () => {
  expect(verdictOnConnecting([{ role: 'administrator', environment: null, namespaces: null }])).toEqual({ allowed: true })
})

test('an administrator of one environment may not, and is told which role is missing', () => {
  expect(verdictOnConnecting([{ role: 'administrator', environment: '1', namespaces: null }])).toEqual({
    allowed: false,
    reason: { code: 'needs_role', params: { role: 'administrator', held: 'none' } },
  })
})
