import { describe, expect, it, test } from 'vitest'
import type { Binding } from './binding.ts'
import { covers, roleAt, within } from './rights.ts'
import { capBindings, includesRole, roles } from './role.ts'

test('a scope narrowed to one environment holds nothing of another, and no more than before', () => {
  const scope = [
    { environment: null, namespaces: ['shop'] },
    { environment: '1', namespaces: null },
    { environment: '2', namespaces: null },
  ]
  expect(within(scope, '1')).toEqual([
    { environment: '1', namespaces: ['shop'] },
    { environment: '1', namespaces: null },
  ])
  expect(within([{ environment: '2', namespaces: null }], '1')).toEqual([])
})

test('what somebody holds covers a binding exactly when they hold as much wherever it reaches', () => {
  // `other` and `rest` stand for every environment and namespace that no binding names.
  const environments = ['1', '2', 'other']
  const namespaces = [null, 'shop', 'billing', 'rest']
  const places = [null, ['shop'], ['shop', 'billing']]
  const all = roles.flatMap((role) =>
    [null, '1', '2'].flatMap((environment) => places.map((inside): Binding => ({ role, environment, namespaces: inside }))),
  )
  const targets = environments.flatMap((environment) => namespaces.map((namespace) => ({ environment, namespace })))
  const holdsAsMuch = (held: Binding[], wanted: Binding): boolean =>
    targets.every((target) => {
      if (!roleAt([wanted], target)) return true
      const role = roleAt(held, target)
      return role !== null && includesRole(role, wanted.role)
    })
  const wrong = []
  for (const one of all)
    for (const other of all)
      for (const wanted of all) if (covers([one, other], wanted) !== holdsAsMuch([one, other], wanted)) wrong.push({ one, other, wanted })
  expect(wrong).toEqual([])
  expect(covers([], all[0]!)).toBe(false)
})

describe('what a token of a role gives', () => {
  const places = [
    { environment: null, namespaces: null },
    { environment: '1', namespaces: ['shop'] },
  ]
  const held = places.flatMap((place) => roles.map((role) => ({ role, ...place })))

  it.each(roles)('%s: every place that is held, and nowhere more than held or than that role', (most) => {
    const capped = capBindings(held, most)
    expect(capped.map(({ role }) => role)).toEqual(held.map(({ role }) => roles[Math.min(roles.indexOf(role), roles.indexOf(most))]))
    expect(capped.map(({ environment, namespaces }) => [environment, namespaces])).toEqual(
      held.map(({ environment, namespaces }) => [environment, namespaces]),
    )
  })

  it('is nothing where nothing is held', () => expect(capBindings([], 'administrator')).toEqual([]))
})
