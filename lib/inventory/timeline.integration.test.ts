import { describe, expect, test } from 'vitest'
import { environment, event, everything, id, later, list, now, timeline, givenInventory, write } from './fixtures/inventory.ts'
import { batch, happenings, observed, things } from './fixtures/kinds.ts'
import { listTimeline, pruneHistory, writeBatch, writeEvents } from './index.ts'

givenInventory()

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
