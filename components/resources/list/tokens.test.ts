import { describe, expect, it } from 'vitest'
import type { Column } from '#lib/model/kind.ts'
import { readToken, toggleValue, valuesOf, type Field } from './tokens.ts'

const column = (name: string, type: Column['type'] = 'text'): Column => ({ name, type, sortable: true, facet: true, hidden: false })
const fields: Field[] = [
  { column: column('project'), title: 'Projet Compose' },
  { column: column('restarts', 'number'), title: 'Redémarrages' },
  { column: column('images', 'images'), title: 'Image' },
  { column: column('health', 'health'), title: 'État', read: (words) => (words === 'en panne' ? 'failing' : words) },
]

describe('a typed token', () => {
  it.each([
    ['project = shop', { field: 'project', op: 'is', values: ['shop'] }],
    ['projet compose=shop, cart', { field: 'project', op: 'in', values: ['shop', 'cart'] }],
    ['redemarrages > 3', { field: 'restarts', op: 'gt', values: ['3'] }],
    ['project != shop', { field: 'project', op: 'not', values: ['shop'] }],
    ['état = en panne', { field: 'health', op: 'is', values: ['failing'] }],
    ['project: sh', { field: 'project', op: 'has', values: ['sh'] }],
    ['restarts: 3', { field: 'restarts', op: 'is', values: ['3'] }],
    ['image: registry:5000/web', { field: 'images', op: 'has', values: ['registry:5000/web'] }],
  ])('reads %s', (text, filter) => expect(readToken(text, fields)).toEqual(filter))
  it.each(['nginx', 'sha256:9c41', 'project =', 'project = ,', 'project > 3', ''])('leaves %j as free text', (text) =>
    expect(readToken(text, fields)).toBeNull(),
  )
})

describe('ticking a facet', () => {
  it('keeps one filter a field', () => {
    const one = toggleValue([], 'project', 'shop')
    expect(one).toEqual([{ field: 'project', op: 'is', values: ['shop'] }])
    const two = toggleValue(one, 'project', 'cart')
    expect(two).toEqual([{ field: 'project', op: 'in', values: ['shop', 'cart'] }])
    expect(toggleValue(toggleValue(two, 'project', 'shop'), 'project', 'cart')).toEqual([])
  })
  it('leaves the other filters', () => {
    const filters = toggleValue([{ field: 'restarts', op: 'gt', values: ['3'] }], 'restarts', '4')
    expect(filters).toHaveLength(2)
    expect(valuesOf(filters, 'restarts')).toEqual(['4'])
  })
})
