import { describe, expect, test } from 'vitest'
import { pool } from '../database/index.ts'
import { isAppError } from '../errors/index.ts'
import { codeOf, environment, id, list, names, givenInventory, write } from './fixtures/inventory.ts'
import { observed, things } from './fixtures/kinds.ts'
import { searchRows } from './index.ts'
import { factStatistics, sortIndexes } from './indexes.ts'
import { searchable } from './searchable.ts'

givenInventory()

describe('asking', () => {
  test('a field that the list does not have is named', async () => {
    for (const part of [
      { filters: [{ field: 'colour', op: 'is' as const, values: ['red'] }] },
      { sort: { field: `x'; DROP TABLE resources`, descending: false } },
    ]) {
      const error: unknown = await list(part).catch((caught: unknown) => caught)
      const field = part.filters?.[0]?.field ?? part.sort?.field
      expect(isAppError(error) && [error.code, error.details]).toEqual(['invalid_input', { field }])
    }
    expect(await codeOf(list({ kind: 'nobody/serves' }))).toBe('not_found')
    expect(await codeOf(list({ filters: [{ field: 'restarts', op: 'gt', values: ['many'] }] }))).toBe('invalid_input')
    expect(await codeOf(list({ sort: { field: 'labels', descending: false } }))).toBe('invalid_input')
  })

  test('a quote in a label or value is only a quote', async () => {
    await write([observed({ key: 'a', labels: { "it's": "o'clock" } }), observed({ key: 'b' })])
    expect(await names({ filters: [{ field: "label.it's", op: 'is', values: ["o'clock"] }] })).toEqual(['a'])
    expect(await names({ filters: [{ field: 'labels', op: 'has', values: ["it's"] }] })).toEqual(['a'])
  })

  test('an anchor that is gone is replaced by the fraction, or by the beginning', async () => {
    await write(['a', 'b', 'c', 'd'].map((key) => observed({ key })))
    const rows = (await list()).rows
    await write([], { deletes: ['b'] })
    const anchor = rows[1]!.id
    expect((await list({ window: { anchor, fraction: 0.7, before: 0, after: 1 } })).rows.map((row) => row.name)).toEqual(['d'])
    expect((await list({ window: { anchor, before: 0, after: 1 } })).head).toMatchObject({ anchor: null, position: 0 })
  })

  test('an anchor outside of the scope tells nothing', async () => {
    await write([
      observed({ key: 'a', namespace: 'red' }),
      observed({ key: 'b', namespace: 'blue' }),
      observed({ key: 'c', namespace: 'red' }),
    ])
    const hidden = (await list()).rows[1]!.id
    const page = await list({ window: { anchor: hidden, before: 0, after: 9 } }, [{ environment, namespaces: ['red'] }])
    expect(page.rows.map((row) => row.name)).toEqual(['a', 'c'])
    expect(page.head.anchor).toBeNull()
  })

  test('what its state forbids is in each row', async () => {
    await write([observed({ key: 'a', health: 'stopped' }), observed({ key: 'b' })])
    expect((await list()).rows.map((row) => row.blocked)).toEqual([{ stop: 'not-running' }, {}])
  })

  test('a search done again finds what was being written during the first', async () => {
    await write(['a', 'b', 'c'].map((key) => observed({ key, searchTerms: ['unicorn'] })))
    const writer = await pool().connect()
    await writer.query('BEGIN')
    await writer.query(
      `UPDATE search SET text = 'horse', written_in = pg_current_xact_id() FROM resources AS r WHERE r.id = resource_id AND r.environment_id = $1 AND r.key = 'a'`,
      [id],
    )
    await write([observed({ key: 'b', searchTerms: ['horse'] })])
    const found = () => Promise.all([names({ text: 'unicorn' }), names({ text: 'horse' })])
    expect(await found()).toEqual([['a', 'c'], ['b']])
    await write([observed({ key: 'c', searchTerms: ['horse'] })])
    await writer.query('COMMIT')
    writer.release()
    expect(await found()).toEqual([[], ['a', 'b', 'c']])
    await write([], { deletes: ['a'] })
    expect(await found()).toEqual([[], ['b', 'c']])
  })

  test('how many a text is found in is told with the first rows, and after some of them went', async () => {
    await write(['a', 'b', 'c', 'd', 'e'].map((key) => observed({ key, searchTerms: ['narwhal'] })))
    const head = async (more: object = {}) =>
      (await list({ text: 'narwhal', environment: undefined, window: { before: 0, after: 2 }, ...more })).head
    expect(await head()).toMatchObject({ total: 5, totalExact: true })
    await write([], { deletes: ['a'] })
    expect(await head()).toMatchObject({ total: 4, totalExact: true })
    expect(await head({ text: 'narwhal b' })).toMatchObject({ total: 1, totalExact: true })
    expect(await head({ environment: '0' })).toMatchObject({ total: 0, totalExact: true })
  })

  test('what stands for punctuation is a letter to Postgres too', async () => {
    for (const c of '-._:/@=') {
      const { rows } = await pool().query<{ trigrams: string[] }>('SELECT show_trgm($1) AS trigrams', [searchable(`a${c}b`)])
      expect(rows[0]!.trigrams, c).toContainEqual(expect.stringMatching(/^a[a-z]b$/))
    }
  })

  test('every index that a list is sorted by can be made', async () => {
    for (const { name, definition } of sortIndexes(things)) await pool().query(`CREATE INDEX ${name} ON ${definition}`)
    for (const { name, definition } of factStatistics(things)) await pool().query(`CREATE STATISTICS ${name} ${definition}`)
    await write([observed({ key: 'a', facts: { tags: ['x'], ports: [{ hostPort: 80, port: 80 }], restarts: 1 }, images: ['nginx:1'] })])
    expect(await names({ sort: { field: 'ports', descending: false } })).toEqual(['a'])
  })

  test('the best match comes first', async () => {
    await write(['api', 'web', 'web-1', 'my-web', 'other'].map((key) => observed({ key, labels: { app: 'web' } })))
    expect((await searchRows('web', [{ environment, namespaces: null }], 10)).map((row) => row.name)).toEqual([
      'web',
      'web-1',
      'my-web',
      'api',
      'other',
    ])
    expect((await searchRows('we', [{ environment, namespaces: null }], 10)).map((row) => row.name)).toEqual(['web', 'web-1'])
  })
})
