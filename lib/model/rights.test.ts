import { expect, test } from 'vitest'
import { within } from './rights.ts'

test('a scope narrowed to one environment holds nothing of another, and no more than before', () => {
  const scope = [
    { environment: null, namespaces: ['shop'] },
    { environment: '1', namespaces: null },
    { environment: '2', namespaces: null },
  ]
  expect(within(scope, '1')).toEqual([
    { environment: '1', namespaces: ['shop'] },
    { environment: '1', namespaces: null },
  ])
  expect(within([{ environment: '2', namespaces: null }], '1')).toEqual([])
})
