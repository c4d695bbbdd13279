import { expect, it } from 'vitest'
import { cleanse, cleanseInTurns } from './untrusted.ts'

it('what strangers send is made fit to keep', () => {
  expect(cleanse({ 'a\0': ['x\0y', '\ud800z', 'w'.repeat(40_000)] })).toEqual({ a: ['xy', '\ufffdz', `${'w'.repeat(32_768)}…`] })
  let deep: unknown = 'bottom'
  for (let i = 0; i < 100; i++) deep = [deep]
  expect(JSON.stringify(cleanse(deep))).not.toContain('bottom')
})

it('a list of very many is, while others have their turn', async () => {
  const many = Array.from({ length: 200_000 }, (_, n) => ({ n, a: ['x\0y'] }))
  let turns = 0
  let next = setImmediate(function again() {
    turns++
    next = setImmediate(again)
  })
  expect(await cleanseInTurns({ Volumes: many, 'b\0': 'c\0' })).toEqual(cleanse({ Volumes: many, b: 'c' }))
  clearImmediate(next)
  expect(turns).toBeGreaterThan(2)
  for (const plain of ['a', 1, null, []]) expect(await cleanseInTurns(plain)).toEqual(plain)
})
