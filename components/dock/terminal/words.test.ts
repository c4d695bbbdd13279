import { expect, it } from 'vitest'
import { wordsOf } from './words.ts'

it('splits as a shell does', () => {
  expect(wordsOf(' psql  -c "select 1" --x=\'a b\' ')).toEqual(['psql', '-c', 'select 1', '--x=a b'])
  expect(wordsOf('  ')).toEqual([])
})
