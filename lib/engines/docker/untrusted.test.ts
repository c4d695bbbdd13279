import { expect, it } from 'vitest'
import { cleanse } from './untrusted.ts'

it('what strangers send is made fit to keep', () => {
  expect(cleanse({ 'a\0': ['x\0y', '\ud800z', 'w'.repeat(40_000)] })).toEqual({ a: ['xy', '\ufffdz', `${'w'.repeat(32_768)}…`] })
  let deep: unknown = 'bottom'
  for (let i = 0; i < 100; i++) deep = [deep]
  expect(JSON.stringify(cleanse(deep))).not.toContain('bottom')
})
