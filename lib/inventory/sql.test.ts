import { describe, expect, test } from 'vitest'
import { factStatistics, sortIndexes } from './indexes.ts'
import { things } from './fixtures/kinds.ts'
import { searchable, searchablePattern } from './searchable.ts'
import { cleanJson, cleanText, escapeLike, literal, Params } from './sql.ts'

test('what is text for a person is text for SQL', () => {
  expect(literal("it's; --")).toBe("'it''s; --'")
  expect(escapeLike('50%_\\')).toBe('50\\%\\_\\\\')
  const params = new Params()
  expect([params.add('a'), params.add('b'), params.values]).toEqual(['$1', '$2', ['a', 'b']])
})

test('what Postgres cannot hold is left out, and nothing else is touched', () => {
  expect(cleanText('a\0b\ud800')).toBe('ab\ufffd')
  expect(JSON.parse(cleanJson({ 'k\0': ['v\0', '\ud800', { deep: '😀' }], n: null }))).toEqual({
    k: ['v', '\ufffd', { deep: '😀' }],
    n: null,
  })
  expect(cleanJson({ said: '\\u0000' })).toBe(JSON.stringify({ said: '\\u0000' }))
})

test('text is found by what it holds, punctuation included', () => {
  expect(searchable('Web-API@10.0.0.1')).toBe(searchable('web-api@10.0.0.1'))
  expect(searchable('a-b')).not.toBe(searchable('a.b'))
  expect(searchable('/a_b:c=d-e.f@')).not.toMatch(/[-._:/@=]/)
  expect(searchable('UPPER case')).toBe('upper case')
  expect(searchablePattern('5%')).toBe('%5\\%%')
})

describe('indexes of facts', () => {
  test('are of one kind, by a literal that the planner can prove', () => {
    const restarts = sortIndexes(things).find((index) => index.name.startsWith('resources_fact_restarts_'))
    expect(restarts?.definition).toMatch(/facts -> 'restarts'.*, id\) WHERE kind = 'test\/things'$/)
    expect(sortIndexes(things).map((index) => index.name.split('_')[2])).toEqual([
      'images',
      'project',
      'restarts',
      'privileged',
      'tags',
      'ports',
    ])
  })

  test('have names that Postgres keeps whole, each its own', () => {
    const names = [...sortIndexes(things), ...factStatistics(things)].map((wanted) => wanted.name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z0-9_]{1,63}$/)
  })
})
