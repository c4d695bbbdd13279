import { describe, expect, test } from 'vitest'
import { listen, notify, pool } from '../database/index.ts'
import type { Topic } from '../model/topic.ts'
import { codeOf, environment, event, id, list, names, now, timeline, givenInventory, write } from './fixtures/inventory.ts'
import { observed, things } from './fixtures/kinds.ts'
import { readCursors, removeEnvironment, writeEvents } from './index.ts'

givenInventory()

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

  test('a list in parts ends what none of its parts named', async () => {
    await write([observed({ key: 'a' }), observed({ key: 'b' }), observed({ key: 'gone' })], { complete: true })
    await write([observed({ key: 'a' })])
    await write([observed({ key: 'c' })], { complete: true, earlier: ['a'] })
    expect(await names()).toEqual(['a', 'c'])
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
