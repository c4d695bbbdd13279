import { beforeEach, describe, expect, test } from 'vitest'
import type { Scope } from '../model/rights.ts'
import { environment, everything, givenInventory, write } from './fixtures/inventory.ts'
import { observed, others, things } from './fixtures/kinds.ts'
import { readResource, searchRows } from './index.ts'

givenInventory()

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
