import { expect, test } from 'vitest'
import { narrowed } from './overview.ts'

test('a scope over the fleet becomes one over the environment', () => {
  expect(narrowed([{ environment: null, namespaces: null }], '3')).toEqual([{ environment: '3', namespaces: null }])
})

test('namespaces stay bound, other environments fall away', () => {
  const scope = [
    { environment: '3', namespaces: ['shop'] },
    { environment: '4', namespaces: null },
  ]
  expect(narrowed(scope, '3')).toEqual([{ environment: '3', namespaces: ['shop'] }])
  expect(narrowed(scope, '5')).toEqual([])
})
