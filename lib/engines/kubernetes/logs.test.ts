import { expect, test } from 'vitest'
import { labelSelector } from './logs.ts'

test.each([
  [undefined, null],
  [{}, null],
  [{ app: 'web', tier: 'front' }, 'app=web,tier=front'],
  [{ matchLabels: { app: 'web' } }, 'app=web'],
  [
    {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'zone', operator: 'In', values: ['a', 'b'] },
        { key: 'old', operator: 'DoesNotExist' },
        { key: 'new', operator: 'Exists' },
        { key: 'tier', operator: 'NotIn', values: ['back'] },
      ],
    },
    'app=web,zone in (a,b),!old,new,tier notin (back)',
  ],
])('a selector is what the API takes: %j', (selector, wanted) => expect(labelSelector(selector)).toBe(wanted))
