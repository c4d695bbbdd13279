import { describe, expect, it } from 'vitest'
import type { Column } from '#lib/model/kind.ts'
import { nextSort, readListState, sortOf, usualSort, writeListState, worstFirst } from './list-state.ts'

describe('the address of a list', () => {
  it('holds everything and comes back the same', () => {
    const state = {
      text: 'web',
      filters: [{ field: 'project', op: 'in' as const, values: ['a,b', 'c:d'] }],
      sort: { field: 'createdAt', descending: true },
      group: 'project',
      open: { environment: '1', kind: 'any/things', key: 'a~b/c' },
    }
    const params = writeListState(state, new URLSearchParams('tab=logs&q=old'))
    expect(readListState(new URLSearchParams(params.toString()))).toEqual(state)
    expect(params.get('tab')).toBe('logs')
  })
  it('leaves out what is not written well', () =>
    expect(readListState(new URLSearchParams('f=nonsense&f=a:is:b&open=1'))).toEqual({
      text: '',
      filters: [{ field: 'a', op: 'is', values: ['b'] }],
      sort: null,
      group: null,
      open: null,
    }))
  it('is empty for an untouched list', () =>
    expect(writeListState(readListState(new URLSearchParams()), new URLSearchParams()).toString()).toBe(''))
})

describe('sorting', () => {
  it('goes one way, the other, and back to worst first', () => {
    const once = nextSort(null, 'name', worstFirst)
    const twice = nextSort(once, 'name', worstFirst)
    expect([once, twice, nextSort(twice, 'name', worstFirst)]).toEqual([
      { field: 'name', descending: false },
      { field: 'name', descending: true },
      null,
    ])
    expect(nextSort(null, 'health', worstFirst)).toEqual({ field: 'health', descending: true })
  })
  it('begins with the worst, and with the newest of what has no health', () => {
    const column = (name: string, type: Column['type']): Column => ({ name, type, sortable: true, facet: false, hidden: false })
    expect(usualSort([column('at', 'instant'), column('health', 'health')])).toEqual(worstFirst)
    expect(usualSort([column('name', 'name'), column('at', 'instant')])).toEqual({ field: 'at', descending: true })
    expect(usualSort([column('name', 'name')])).toEqual({ field: 'name', descending: false })
  })
  it('puts groups together', () => {
    const state = readListState(new URLSearchParams('group=project&sort=name'))
    expect(sortOf(state, worstFirst)).toEqual({ field: 'project', descending: false })
    expect(sortOf({ ...state, group: null, sort: null }, worstFirst)).toEqual(worstFirst)
  })
})
