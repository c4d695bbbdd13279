import { describe, expect, it } from 'vitest'
import type { Column, KindDescription } from '#lib/model/kind.ts'
import { arrange, columnsOf, move, show } from './columns.ts'

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
})
