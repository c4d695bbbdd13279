import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useDatabase } from '../../e2e/engines/database.ts'
import { listen, notify, pool } from '../database/index.ts'
import { isAppError } from '../errors/index.ts'
import { ResourceQuery } from '../model/query.ts'
import type { Scope } from '../model/rights.ts'
import type { Topic } from '../model/topic.ts'
import { addEnvironment, addTestKinds, batch, happenings, observed, others, things } from './fixtures/kinds.ts'
import {
  listRows,
  listTimeline,
  pruneHistory,
  readCursors,
  readResource,
  removeEnvironment,
  searchRows,
  writeBatch,
  writeEvents,
} from './index.ts'
import { facetStatistics, sortIndexes } from './indexes.ts'
import { searchable } from './searchable.ts'
import { forgetShared } from './shared.ts'

useDatabase()

const everything: Scope = [{ environment: null, namespaces: null }]
const now = new Date('2026-11-21T10:00:00Z')
const later = new Date('2026-11-21T10:05:00Z')
let id: number
let environment: string
let made = 0

beforeAll(addTestKinds)
beforeEach(async () => {
  forgetShared()
  id = await addEnvironment(`environment ${++made}`)
  environment = String(id)
})

const write = (...args: Parameters<typeof batch>) => writeBatch(id, 1n, batch(...args), now)
const list = (part: Partial<ResourceQuery> = {}, scope = everything) =>
  listRows(ResourceQuery.parse({ kind: things.name, environment, sort: { field: 'name', descending: false }, ...part }), scope)
const names = async (part: Partial<ResourceQuery> = {}, scope = everything) => (await list(part, scope)).rows.map((row) => row.name)
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )
const timeline = (key?: string) => listTimeline({ environment, key, limit: 50 }, everything)

describe('writing', () => {
  test('a complete batch ends all that it does not name', async () => {
    await write([observed({ key: 'a' }), observed({ key: 'b' }), observed({ key: 'c' })], { complete: true })
    await write([observed({ key: 'b' })], { complete: true })
    expect(await names()).toEqual(['b'])
    await write([], { deletes: ['b', 'never there'] })
    const page = await list()
    expect(page.rows).toEqual([])
    expect(page.head).toMatchObject({ total: 0, totalExact: true, unfilteredTotal: 0 })
  })

  test('a row of equal version is not written again', async () => {
    await write([observed({ key: 'a', version: '1', name: 'first' })])
    await write([observed({ key: 'a', version: '1', name: 'second' })])
    expect(await names()).toEqual(['first'])
    await write([observed({ key: 'a', version: '2', name: 'second' })])
    expect(await names()).toEqual(['second'])
  })

  test('whoever lost the lease is refused and leaves nothing behind', async () => {
    await pool().query('UPDATE leases SET fence = 2 WHERE environment_id = $1', [id])
    expect(await codeOf(write([observed({ key: 'a' })], { cursor: 'late' }))).toBe('conflict')
    expect(await codeOf(writeEvents(id, 1n, [event('die', now)]))).toBe('conflict')
    expect(await names()).toEqual([])
    expect(await readCursors(id)).toEqual({})
    expect(await timeline()).toEqual([])
  })

  test('cursors of kinds that were listed are there after a restart', async () => {
    await write([observed({ key: 'a' })], { cursor: 'part' })
    expect(await readCursors(id)).toEqual({})
    await write([observed({ key: 'a' })], { cursor: 'first', complete: true })
    await write([], { cursor: 'second' })
    expect(await readCursors(id)).toEqual({ [things.name]: 'second' })
  })

  test('a crash loop goes on since its first round was seen, until it ends or another life begins', async () => {
    const round = (version: string, since: string, part: Partial<Parameters<typeof observed>[0]> = {}) =>
      write([observed({ key: 'a', version, health: 'failing', state: { code: 'crash-loop' }, since, ...part })])
    const since = async () => (await list()).rows[0]?.since
    await round('1', '2026-11-21T09:00:00.000Z')
    await round('2', '2026-11-21T09:01:00.000Z')
    expect(await since()).toBe('2026-11-21T09:00:00.000Z')
    await round('3', '2026-11-21T09:02:00.000Z', { health: 'healthy', state: { code: 'running' } })
    await round('4', '2026-11-21T09:03:00.000Z')
    expect(await since()).toBe('2026-11-21T09:03:00.000Z')
    await round('5', '2026-11-21T09:04:00.000Z', { uid: 'another life' })
    expect(await since()).toBe('2026-11-21T09:04:00.000Z')
  })

  test('many rows go another way in and are the same there', async () => {
    const many = Array.from({ length: 1_200 }, (_, n) =>
      observed({ key: `k${n}`, name: `n "${n}"\t\\ \n {é}`, labels: { a: '\\N' }, images: ['a,b', '"c"'] }),
    )
    await write(many, { complete: true })
    const page = await list({ text: '"77"' })
    expect(page.rows).toMatchObject([{ name: 'n "77"\t\\ \n {é}', labels: { a: '\\N' }, images: ['a,b', '"c"'] }])
    expect((await list()).head.total).toBe(1_200)
  })

  test('what Postgres cannot hold does not stop a batch', async () => {
    await write([observed({ key: 'a\0b', name: 'half \ud800 pair', facts: { project: 'nul \0' }, labels: { 'k\0': 'v\0' } })], {
      complete: true,
    })
    expect(await names()).toEqual(['half \ufffd pair'])
    // Named the same way again, it is the same resource.
    await write([observed({ key: 'a\0b', version: '2' }), observed({ key: 'ab', version: '3' })], { complete: true })
    expect((await list()).head.total).toBe(1)
  })

  test('tells which kind, environment and namespaces differ', async () => {
    const told: Topic[] = []
    const stop = listen((topic) => told.push(topic))
    await expect.poll(() => notify(null, { topic: 'environments' }).then(() => told.length)).toBeGreaterThan(0)
    await write([observed({ key: 'a', namespace: 'red' }), observed({ key: 'b', namespace: 'blue' })])
    await expect
      .poll(() => told.filter((topic) => topic.topic === 'rows'))
      .toEqual([
        { topic: 'rows', environment, kind: things.name, namespace: 'red' },
        { topic: 'rows', environment, kind: things.name, namespace: 'blue' },
      ])
    stop()
  })
})

const event = (action: string, at: Date, part = {}) => ({
  at: at.toISOString(),
  kind: things.name,
  key: 'a',
  name: 'a',
  namespace: null,
  action,
  severity: 'error' as const,
  attributes: { exitCode: '1' },
  ...part,
})

describe('the timeline', () => {
  test('the first list says nothing of when its rows came; later ones do', async () => {
    await write([observed({ key: 'a', uid: '1' })], { complete: true })
    expect(await timeline()).toEqual([])
    await writeBatch(id, 1n, batch([observed({ key: 'b' })]), later)
    expect(await timeline()).toMatchObject([{ type: 'change', change: 'appeared', key: 'b', at: later.toISOString() }])
  })

  test('a new uid under an old key is a new life on the same timeline', async () => {
    await write([observed({ key: 'a', uid: '1' })], { complete: true })
    await writeBatch(id, 1n, batch([observed({ key: 'a', uid: '1', health: 'failing', reason: { code: 'exited' } })]), later)
    await writeBatch(id, 1n, batch([observed({ key: 'a', uid: '2' })]), later)
    await writeBatch(id, 1n, batch([], { deletes: ['a'] }), later)
    const told = (await timeline('a')).map((entry) => (entry.type === 'change' ? [entry.change, entry.uid, entry.from, entry.to] : []))
    expect(told).toEqual([
      ['removed', '2', 'healthy', null],
      ['appeared', '2', null, 'healthy'],
      ['removed', '1', 'failing', null],
      ['health', '1', 'healthy', 'failing'],
    ])
  })

  test('events are kept once, are found, are paged, and are rows of a list', async () => {
    const events = [event('start', now), event('die', later), event('die', later, { key: 'b', name: 'b' })]
    await writeEvents(id, 1n, events)
    await writeEvents(id, 1n, events)
    const all = await timeline()
    expect(all).toHaveLength(3)
    const second = await listTimeline({ environment, before: all[0]!.id, limit: 1 }, everything)
    expect(second).toEqual([all[1]])
    expect(await listTimeline({ environment, text: 'STAR', limit: 9 }, everything)).toMatchObject([
      { action: 'start', severity: 'error', attributes: { exitCode: '1' } },
    ])
    const page = await list({
      kind: happenings.name,
      sort: { field: 'at', descending: true },
      filters: [{ field: 'action', op: 'is', values: ['die'] }],
    })
    expect(page.head).toMatchObject({ total: 2, unfilteredTotal: 3 })
    expect(page.rows[0]).toMatchObject({ kind: happenings.name, createdAt: later.toISOString(), facts: { action: 'die', of: things.name } })
  })

  test('old days are dropped whole', async () => {
    await writeEvents(id, 1n, [event('old', new Date('2026-10-01T12:00:00Z')), event('new', now)])
    expect(await pruneHistory(30, now)).toEqual(['events_20261001'])
    expect((await timeline()).map((entry) => entry.type === 'event' && entry.action)).toEqual(['new'])
    await writeEvents(id, 1n, [event('old', new Date('2026-10-01T12:00:00Z'))])
    expect(await timeline()).toHaveLength(2)
    expect(await pruneHistory(30, now)).toEqual(['events_20261001'])
  })
})

describe('reading one', () => {
  const relations = [
    { as: 'volume', kind: others.name, key: 'data' },
    { as: 'owner', kind: others.name, key: 'uid of boss' },
    { as: 'image', kind: others.name, key: 'not there' },
  ]
  beforeEach(async () => {
    await write([observed({ key: 'data', health: 'degraded' }), observed({ key: 'boss' })], { kind: others.name })
    await write([observed({ key: 'a', namespace: 'red', relations })])
  })

  test('has its document and its relations in both directions', async () => {
    const a = await readResource({ environment, kind: things.name, key: 'a' }, everything)
    expect(a?.document).toEqual({ Name: 'a' })
    expect(a?.relations).toMatchObject([
      { as: 'volume', direction: 'to', key: 'data', name: 'data', health: 'degraded' },
      { as: 'owner', direction: 'to', key: 'boss', name: 'boss', health: 'healthy' },
      { as: 'image', direction: 'to', key: 'not there', name: 'not there', id: null, health: null },
    ])
    await write([observed({ key: 'data', name: 'latest' })], { kind: others.name })
    await write([observed({ key: 'b', relations: [{ ...relations[0]!, name: 'the tag it was started with' }] })])
    const b = await readResource({ environment, kind: things.name, key: 'b' }, everything)
    expect(b?.relations).toMatchObject([{ direction: 'to', key: 'data', name: 'the tag it was started with' }])
  })

  test('is pointed to by others', async () => {
    const data = await readResource({ environment, kind: others.name, key: 'data' }, everything)
    expect(data?.relations).toMatchObject([{ as: 'volume', direction: 'from', kind: things.name, key: 'a', name: 'a' }])
  })

  test('somebody bound to a namespace learns only the names of what has none', async () => {
    const scope: Scope = [{ environment, namespaces: ['red'] }]
    const a = await readResource({ environment, kind: things.name, key: 'a' }, scope)
    expect(a?.relations[0]).toEqual({
      as: 'volume',
      direction: 'to',
      kind: others.name,
      key: 'data',
      id: null,
      name: 'data',
      health: null,
      state: null,
    })
    expect(await readResource({ environment, kind: others.name, key: 'data' }, scope)).toBeNull()
    expect(await readResource({ environment, kind: things.name, key: 'a' }, [{ environment, namespaces: ['blue'] }])).toBeNull()
    expect(await searchRows('data', scope, 10)).toEqual([])
  })
})

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

  test('what stands for punctuation is a letter to Postgres too', async () => {
    for (const c of '-._:/@=') {
      const { rows } = await pool().query<{ trigrams: string[] }>('SELECT show_trgm($1) AS trigrams', [searchable(`a${c}b`)])
      expect(rows[0]!.trigrams, c).toContainEqual(expect.stringMatching(/^a[a-z]b$/))
    }
  })

  test('every index that a list is sorted by can be made', async () => {
    for (const { name, definition } of sortIndexes(things)) await pool().query(`CREATE INDEX ${name} ON ${definition}`)
    for (const { name, definition } of facetStatistics(things)) await pool().query(`CREATE STATISTICS ${name} ${definition}`)
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

test('a removed environment leaves nothing, and its follower is refused', async () => {
  await write([observed({ key: 'a' })], { complete: true, cursor: '1' })
  await writeEvents(id, 1n, [event('die', now)])
  await removeEnvironment(id)
  for (const table of ['resources', 'counts', 'cursors', 'events', 'changes']) {
    const { rowCount } = await pool().query(`SELECT FROM ${table} WHERE environment_id = $1`, [id])
    expect([table, rowCount]).toEqual([table, 0])
  }
  expect(await codeOf(write([observed({ key: 'a' })]))).toBe('conflict')
})
