import { expect, it } from 'vitest'
import { z } from 'zod'
import { parseInput } from './perform.ts'

const anything = z.object({}).loose()
const refusal = (raw: unknown) => {
  try {
    parseInput(anything, raw)
    return null
  } catch (error) {
    const { code, reason } = error as { code: string; reason: { params: { field: string } } }
    return `${code} ${reason.params.field}`
  }
}

it.each([
  ['a NUL', { name: 'a\0b' }, 'invalid_input name'],
  ['half a character', { why: 'x', list: [{ text: '\ud800' }] }, 'invalid_input list.0.text'],
  ['a NUL in the name of a field', { input: { 'a\0': 1 } }, 'invalid_input input.?'],
])('%s is refused, where no database could keep it', (_, raw, said) => expect(refusal(raw)).toBe(said))

it('what nests without an end is refused, not followed', () => {
  let deep: unknown = 'end'
  for (let n = 0; n < 30_000; n++) deep = [deep]
  expect(refusal({ deep })).toMatch(/^invalid_input deep/)
})

it('all other text goes through as it is', () => {
  expect(parseInput(anything, { text: 'é 👩‍🚀 \n\t', list: ['\\u0000'] })).toEqual({ text: 'é 👩‍🚀 \n\t', list: ['\\u0000'] })
})
