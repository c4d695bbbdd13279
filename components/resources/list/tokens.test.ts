import { describe, expect, it } from 'vitest'
import type { Column } from '#lib/model/kind.ts'
import { readToken, toggleValue, valuesOf, type Field } from './tokens.ts'

const column = (name: string, type: Column['type'] = 'text'): Column => ({ name, type, sortable: true, facet: true, hidden: false })
const fields: Field[] = [
  { column: column('project'), title: 'Projet Compose' },
  { column: column('restarts', 'number'), title: 'Redémarrages' },
  { column: column('images', 'images'), title: 'Image' },
]

describe('a typed token', () => {
  it.each([
    ['project = shop', { field: 'project', op: 'is', values: ['shop'] }],
    ['projet compose=shop, cart', { field: 'project', op: 'in', values: ['shop', 'cart'] }],
    ['redemarrages > 3', { field: 'restarts', op: 'gt', values: ['3'] }],
    ['project != shop', { field: 'project', op: 'not', values: ['shop'] }],
    ['image: registry:5000/web', { field: 'images', op: 'has', values: ['registry:5000/web'] }],
  ])('reads %s', (text, filter) => expect(readToken(text, fields)).toEqual(filter))
  it.each(['nginx', 'sha256:9c41', 'project =', 'project = ,', ''])('leaves %j as free text', (text) =>
    expect(readToken(text, fields)).toBeNull(),
  )
})

describe('ticking a facet', () => {
  it('keeps one filter a field', () => {
    const one = toggleValue([], column('project'), 'shop')
    expect(one).toEqual([{ field: 'project', op: 'is', values: ['shop'] }])
    const two = toggleValue(one, column('project'), 'cart')
    expect(two).toEqual([{ field: 'project', op: 'in', values: ['shop', 'cart'] }])
    expect(toggleValue(toggleValue(two, column('project'), 'shop'), column('project'), 'cart')).toEqual([])
  })
  it('leaves the other filters', () => {
    const filters = toggleValue([{ field: 'restarts', op: 'gt', values: ['3'] }], column('restarts', 'number'), '4')
    expect(filters).toHaveLength(2)
    expect(valuesOf(filters, 'restarts')).toEqual(['4'])
  })
})
