import { expect, it } from 'vitest'
import { strengthOf } from './password-strength.ts'

it.each([
  ['kurz', 'short'],
  ['🦀🦀🦀', 'short'],
  ['aaaaaaaaaa', 'weak'],
  ['1234567890', 'weak'],
  ['abcabcabcabc', 'weak'],
  ['sextant-42', 'fair'],
  ['four harbours in the fog', 'good'],
])('%s is %s', (password, strength) => {
  expect(strengthOf(password)).toBe(strength)
})
