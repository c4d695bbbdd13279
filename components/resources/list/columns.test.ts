import { describe, expect, it } from 'vitest'
import type { Column, KindDescription } from '#lib/model/kind.ts'
import { arrange, columnsOf, leastOf, move, pin, resize, show } from './columns.ts'

const column = (name: string, type: Column['type'] = 'text', hidden = false): Column => ({
  name,
  type,
  hidden,
  sortable: true,
  facet: false,
})
const columns = [
  column('health', 'health'),
  column('name', 'name'),
  column('image'),
  column('ports', 'ports'),
  column('user', 'text', true),
]
const kind = (own: Column[]) => ({ columns: own }) as KindDescription
const namesOf = (arranged: { column: Column; shown: boolean }[]) => arranged.filter((a) => a.shown).map((a) => a.column.name)

describe('columns', () => {
  it('of several kinds are those they share, with the environment after the name', () =>
    expect(columnsOf([kind(columns), kind(columns.slice(0, 3))], true).map((c) => c.name)).toEqual([
      'health',
      'name',
      'environment',
      'image',
    ]))
  it('are shown as the kind says until somebody chooses', () =>
    expect(namesOf(arrange(columns, null))).toEqual(['health', 'name', 'image', 'ports']))
  it('move among themselves, never before state and name', () => {
    const moved = arrange(columns, move(arrange(columns, null), 'ports', -1))
    expect(namesOf(moved)).toEqual(['health', 'name', 'ports', 'image'])
    expect(namesOf(arrange(columns, move(moved, 'ports', -1)))).toEqual(['health', 'name', 'ports', 'image'])
  })
  it('show and hide, and keep what is not known yet at the end', () => {
    const chosen = show(arrange(columns, null), 'image', false)
    expect(namesOf(arrange([...columns, column('fresh')], chosen))).toEqual(['health', 'name', 'ports', 'fresh'])
    expect(namesOf(arrange(columns, { order: ['gone', 'user'], shown: { user: true, gone: true } }))).toContain('user')
  })
  it('stay beside the name while they are pinned, and move among the pinned alone', () => {
    const pinned = pin(arrange(columns, null), 'ports', true)
    expect(namesOf(arrange(columns, pinned))).toEqual(['health', 'name', 'ports', 'image'])
    expect(namesOf(arrange(columns, move(arrange(columns, pinned), 'image', -1)))).toEqual(['health', 'name', 'ports', 'image'])
    expect(namesOf(arrange(columns, pin(arrange(columns, pinned), 'ports', false))), 'where it came to stand').toEqual([
      'health',
      'name',
      'ports',
      'image',
    ])
  })
  it('are as wide as somebody made them, within bounds, until that is taken back', () => {
    const widthOf = (chosen: ReturnType<typeof resize>) => leastOf(arrange(columns, chosen).find((a) => a.column.name === 'image')!)
    const usual = widthOf(show(arrange(columns, null), 'user', true))
    const wide = resize(arrange(columns, null), 'image', 300.4)
    expect(widthOf(wide)).toBe(300)
    expect(widthOf(resize(arrange(columns, wide), 'image', 5))).toBe(56)
    expect(widthOf(show(arrange(columns, wide), 'ports', false)), 'other choices keep it').toBe(300)
    expect(widthOf(resize(arrange(columns, wide), 'image', null))).toBe(usual)
  })
  it('that were chosen before there were widths and pins still count', () =>
    expect(namesOf(arrange(columns, { order: ['health', 'name', 'ports', 'image'], shown: {} }))).toEqual([
      'health',
      'name',
      'ports',
      'image',
    ]))
})
