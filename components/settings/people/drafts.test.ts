import { expect, it } from 'vitest'
import type { Binding } from '#lib/model/role.ts'
import { bindingOf, draftOf, newDraft, sameRoles } from './drafts.ts'

const shop: Binding = { role: 'deployer', environment: '3', namespaces: ['shop', 'billing'] }

it('writes a role down and reads it back', () => {
  for (const binding of [shop, { ...shop, namespaces: null }, { role: 'viewer', environment: null, namespaces: null } as Binding])
    expect(bindingOf(draftOf(binding))).toEqual(binding)
})

it.each([
  ['', null],
  [' , ', null],
  ['shop', ['shop']],
  ['shop,billing  shop', ['shop', 'billing']],
])('reads the namespaces %j', (namespaces, read) => {
  expect(bindingOf({ ...draftOf(shop), namespaces }).namespaces).toEqual(read)
})

it('has no namespaces in the whole fleet', () => {
  expect(bindingOf({ ...newDraft(), namespaces: 'shop' })).toEqual({ role: 'viewer', environment: null, namespaces: null })
})

it('tells whether anything is given or taken', () => {
  const viewer = bindingOf(newDraft())
  expect(sameRoles([shop, viewer], [viewer, { ...shop, namespaces: ['billing', 'shop'] }])).toBe(true)
  expect(sameRoles([shop], [shop, viewer])).toBe(false)
  expect(sameRoles([shop], [])).toBe(false)
  expect(sameRoles([shop], [{ ...shop, role: 'operator' }])).toBe(false)
})
