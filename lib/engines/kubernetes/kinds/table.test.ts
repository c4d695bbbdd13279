import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../model/resource.ts'
import { comparable, printed, type Cells } from './fixtures/printed.ts'
import recorded from './fixtures/surroundings.json' with { type: 'json' }
import { kinds } from './index.ts'

const rows = Object.entries(recorded).flatMap(([name, objects]) =>
  objects.map(({ cells, object }) => ({
    name,
    kind: kinds.find((one) => one.name === `kubernetes/${name}`)!,
    cells: cells as Cells,
    object,
  })),
)
type Raw = Parameters<(typeof kinds)[number]['describe']>[0]

describe('says what the server itself prints', () => {
  it.each(rows.map(({ name, kind, cells, object }) => [name, cells['Name'], kind, cells, object] as const))(
    'of %s %s',
    (name, title, kind, cells, object) => {
      const row = kind.describe(object as unknown as Raw)
      // What is left out somewhere is nothing, and no word.
      expect(JSON.stringify({ ...row, reason: null })).not.toMatch(/undefined|NaN|\[object/)
      expect({ Name: row.name, ...printed[name]?.(row) }).toEqual({ Name: title, ...comparable(cells) })
    },
  )
})

const factsOf = (name: string, key: string): Facts =>
  rows
    .filter((one) => one.name === name)
    .map(({ kind, object }) => kind.describe(object as unknown as Raw))
    .find((row) => row.key === key)!.facts

it('and what lies behind it', () => {
  expect(factsOf('secrets', 'shop/expired-tls')).toMatchObject({ expiresAt: '2020-02-01T00:00:00.000Z', issuer: 'sample-authority' })
  expect(factsOf('secrets', 'surroundings/registry')).toMatchObject({ registries: ['registry.example:5000'], registryUsers: ['robot'] })
  expect(factsOf('networkpolicies.networking.k8s.io', 'surroundings/dns-only')).toMatchObject({ ingress: 'some', egress: 'some' })
  expect(factsOf('clusterroles.rbac.authorization.k8s.io', 'cluster-admin')).toMatchObject({ allPowerful: true, builtIn: true })
  expect(factsOf('resourcequotas', 'surroundings/team')).toMatchObject({ percentUsed: 100, fullest: 'persistentvolumeclaims' })
  expect(factsOf('leases.coordination.k8s.io', 'shop/leader')).toMatchObject({ renewedAt: '2026-01-01T00:00:10.000Z', transitions: 3 })
})
