import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from './query-codec.ts'
import { formatQuery, operators } from './query-text.ts'
import { ResourceQuery } from './query.ts'
import { categories } from './kind.ts'

const word = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => text.trim() === text)
const field = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9.]{0,20}$/)
const query = fc.record(
  {
    kind: fc.constantFrom('docker/containers', 'docker/images'),
    category: fc.constantFrom(...categories),
    environment: fc.nat(999_999_999).map(String),
    text: word,
    filters: fc.array(fc.record({ field, op: fc.constantFrom(...operators), values: fc.array(word, { minLength: 1, maxLength: 4 }) }), {
      maxLength: 4,
    }),
    sort: fc.record({ field, descending: fc.boolean() }),
    window: fc.record(
      {
        anchor: fc.nat().map(String),
        fraction: fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0),
        before: fc.nat(200),
        after: fc.nat(200),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)

test('a query survives the way through a URL', () => {
  fc.assert(
    fc.property(query, (asked) => {
      const full = ResourceQuery.parse(asked)
      expect(parseQuery(new URLSearchParams(formatQuery(full).toString()))).toEqual(full)
    }),
  )
})

test('what is as by default is not in the URL', () => {
  expect(formatQuery(ResourceQuery.parse({})).toString()).toBe('')
  expect(parseQuery(new URLSearchParams())).toEqual(ResourceQuery.parse({}))
})

test('a comma in a value is no separator', () => {
  const params = formatQuery({ filters: [{ field: 'label', op: 'in', values: ['a,b', 'c:d\\'] }] })
  expect(parseQuery(params).filters).toEqual([{ field: 'label', op: 'in', values: ['a,b', 'c:d\\'] }])
})

test('nonsense is refused', () => {
  expect(() => parseQuery(new URLSearchParams('f=name:like:x'))).toThrow('op')
  expect(() => parseQuery(new URLSearchParams('after=many'))).toThrow('after')
})
