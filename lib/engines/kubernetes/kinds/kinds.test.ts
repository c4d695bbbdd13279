import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { Summary } from '../../../model/resource.ts'
import type { KubernetesObject, Stored } from '../object.ts'
import { kinds } from './index.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
const { describe: observe } = await import('../describe.ts')

const RowOf = Summary.omit({ version: true })
const metadata = { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '7', creationTimestamp: '2026-05-04T10:00:00Z' }
/** Without these the API server stores no storage class and no endpoint slice. */
const required = { provisioner: 'example.com/disk', addressType: 'IPv4' }
const objectOf = (rest: object = {}) => ({ ...required, metadata, ...rest }) as Stored<KubernetesObject>
const told =
  'conditions phase containers containerStatuses template spec status name image reason type message selector rules ports replicas metrics'
const names = fc.constantFrom(...told.split(' '))

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  it('makes a row of an object that says nothing but its name', () => {
    for (const nothing of [undefined, {}, null])
      expect(() => RowOf.parse(kind.describe(objectOf({ spec: nothing, status: nothing })))).not.toThrow()
  })

  it('makes a row of an object of any shape', () => {
    const anything = fc.object({ key: names, maxDepth: 4 })
    const object = fc.record({ spec: anything, status: anything, data: anything, rules: anything })
    fc.assert(fc.property(object, (rest) => Summary.safeParse(observe(kind, 'v1', objectOf(rest))?.summary).success))
  })

  it('says in its facts what its columns show', () => {
    const own = ['name', 'health', 'namespace', 'createdAt', 'since', 'images', 'labels', 'at', 'severity', 'action', 'of']
    const { facts } = kind.describe(objectOf())
    expect(kind.columns.map((column) => column.name).filter((name) => !own.includes(name) && !(name in facts))).toEqual([])
  })
})
