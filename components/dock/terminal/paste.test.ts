import { expect, it } from 'vitest'
import { cleanPaste, linesThatRun } from './paste.ts'

it('takes out whatever is obeyed rather than read', () => {
  expect(cleanPaste('ls\u001b[201~\rrm -rf /\u0003\u0000\u009b0m\t#')).toBe('ls[201~\nrm -rf /0m\t#')
})

it('says how much would run at once', () => {
  expect(linesThatRun('ls', false)).toBe(0)
  expect(linesThatRun('ls\n', false)).toBe(1)
  expect(linesThatRun('a\nb\nc', false)).toBe(3)
  expect(linesThatRun('a\nb\nc', true)).toBe(0)
})
