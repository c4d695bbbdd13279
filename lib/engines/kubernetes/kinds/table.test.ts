import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../model/resource.ts'
import { numberOf } from '../quantity.ts'
import recorded from './fixtures/surroundings.json' with { type: 'json' }
import { kinds } from './index.ts'

type Described = ReturnType<(typeof kinds)[number]['describe']>
type Cells = Record<string, unknown>
type Port = { port: number; hostPort: number | null; protocol: string }

const none = '<none>'
const joined = (list: unknown, separator = ',') => (list as unknown[]).map(String).join(separator)
const orNone = (text: unknown) => (text === null || text === '' ? none : text)
const orUnset = (text: unknown) => (text === null || text === '' ? '<unset>' : text)
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Only the first few, and how many more, as kubectl does where there may be many. */
const firstOf = (list: unknown, most: number) => {
  const all = list as unknown[]
  return all.length > most ? `${joined(all.slice(0, most))} + ${all.length - most} more...` : joined(all)
}

const claimed = ({ facts, state }: Described): Cells => ({
  Status: capital(state.code),
  Capacity: facts['capacity'],
  'Access Modes': joined(facts['accessModes']),
  VolumeMode: facts['volumeMode'],
  VolumeAttributesClass: orUnset(facts['attributesClass']),
  StorageClass: facts['storageClass'] ?? '',
})
const bound = ({ facts: { role, users, groups, serviceAccounts } }: Described): Cells => ({
  Role: role,
  Users: joined(users, ', '),
  Groups: joined(groups, ', '),
  ServiceAccounts: joined(serviceAccounts, ', '),
})
const defaulted = ({ name, facts }: Described) => ({ Name: facts['default'] ? `${name} (default)` : name })

function servicePorts(ports: unknown) {
  return joined(
    (ports as Port[]).map(({ port, hostPort, protocol }) => (hostPort ? `${port}:${hostPort}/${protocol}` : `${port}/${protocol}`)),
  )
}

const externalOf = ({ facts, state }: Described) => (state.code === 'pending' ? '<pending>' : orNone(joined(facts['externalAddresses'])))

/** What the server prints for `kubectl get -o wide`, made of a row. */
const printed: Record<string, (row: Described) => Cells> = {
  services: (row) => ({
    Type: row.facts['type'],
    'Cluster-IP': orNone((row.facts['clusterIps'] as string[])[0] ?? ''),
    'External-IP': externalOf(row),
    'Port(s)': orNone(servicePorts(row.facts['ports'])),
    Selector: orNone(row.facts['selector']),
  }),
  endpointslices: ({ facts }) => ({
    AddressType: facts['addressType'],
    Ports: orUnset(joined((facts['endpointPorts'] as string[]).map((port) => port.split('/')[0]))),
    Endpoints: orUnset(firstOf(facts['addresses'], 3)),
  }),
  ingresses: ({ facts }) => ({
    Class: orNone(facts['class']),
    Hosts: firstOf((facts['hosts'] as string[]).length > 0 ? facts['hosts'] : ['*'], 3),
    Address: joined(facts['addresses']),
    Ports: facts['tls'] ? '80, 443' : '80',
  }),
  ingressclasses: (row) => ({ ...defaulted(row), Controller: row.facts['controller'], Parameters: orNone(row.facts['parameters']) }),
  networkpolicies: ({ facts }) => ({ 'Pod-Selector': orNone(facts['podSelector']) }),
  gateways: ({ facts, state }) => ({
    Class: facts['class'],
    Address: (facts['addresses'] as string[])[0],
    Programmed: state.code === 'ready' ? 'True' : 'Unknown',
  }),
  gatewayclasses: ({ facts, state }) => ({
    Controller: facts['controller'],
    Accepted: state.code === 'accepted' ? 'True' : 'Unknown',
    Description: facts['description'],
  }),
  httproutes: ({ facts }) => ({ Hostnames: JSON.stringify(facts['hosts']) }),
  grpcroutes: ({ facts }) => ({ Hostnames: (facts['hosts'] as string[]).length > 0 ? JSON.stringify(facts['hosts']) : null }),
  persistentvolumeclaims: (row) => ({ ...claimed(row), Volume: row.facts['volume'] ?? '' }),
  persistentvolumes: (row) => ({
    ...claimed(row),
    'Reclaim Policy': row.facts['reclaimPolicy'],
    Claim: row.facts['claim'] ?? '',
    // Of one that failed.
    Reason: '',
  }),
  storageclasses: (row) => ({
    ...defaulted(row),
    Provisioner: row.facts['provisioner'],
    ReclaimPolicy: row.facts['reclaimPolicy'],
    VolumeBindingMode: row.facts['bindingMode'],
    AllowVolumeExpansion: row.facts['expandable'],
  }),
  volumeattachments: ({ facts }) => ({
    Attacher: facts['attacher'],
    PV: facts['volume'],
    Node: facts['node'],
    Attached: facts['attached'],
  }),
  configmaps: ({ facts }) => ({ Data: facts['keys'] }),
  secrets: ({ facts }) => ({ Type: facts['type'], Data: facts['keys'] }),
  resourcequotas: ({ facts }) => ({ Request: joined(facts['requestQuotas'], ', '), Limit: joined(facts['limitQuotas'], ', ') }),
  rolebindings: bound,
  clusterrolebindings: bound,
  apiservices: ({ facts, state }) => ({
    Service: facts['service'] ?? 'Local',
    Available: state.code === 'available' ? 'True' : 'False (ServiceNotFound)',
  }),
  leases: ({ facts }) => ({ Holder: facts['holder'] }),
  mutatingwebhookconfigurations: ({ facts }) => ({ Webhooks: facts['webhooks'] }),
  validatingwebhookconfigurations: ({ facts }) => ({ Webhooks: facts['webhooks'] }),
  validatingadmissionpolicies: ({ facts }) => ({ Validations: facts['validations'], ParamKind: orUnset(facts['paramKind']) }),
  validatingadmissionpolicybindings: ({ facts }) => ({ PolicyName: facts['policy'], ParamRef: orUnset(facts['paramRef']) }),
  mutatingadmissionpolicies: ({ facts }) => ({ Mutations: facts['mutations'], ParamKind: orUnset(facts['paramKind']) }),
  mutatingadmissionpolicybindings: ({ facts }) => ({ PolicyName: facts['policy'], ParamRef: orUnset(facts['paramRef']) }),
}

const rows = Object.entries(recorded).flatMap(([kind, objects]) =>
  objects.map(({ cells, object }) => ({ kind: kinds.find((one) => one.name === `kubernetes/${kind}`)!, cells: cells as Cells, object })),
)
type Raw = Parameters<(typeof kinds)[number]['describe']>[0]

/** Of what we keep as a number, the server's words for it. */
const comparable = (cells: Cells): Cells =>
  'Capacity' in cells && typeof cells['Capacity'] === 'string' ? { ...cells, Capacity: numberOf(cells['Capacity']) } : cells

describe('says what the server itself prints', () => {
  it.each(rows.map(({ kind, cells, object }) => [kind.resource, cells['Name'], kind, cells, object] as const))(
    'of %s %s',
    (resource, name, kind, cells, object) => {
      const row = kind.describe(object as unknown as Raw)
      // What is left out somewhere is nothing, and no word.
      expect(JSON.stringify({ ...row, reason: null })).not.toMatch(/undefined|NaN|\[object/)
      expect({ Name: row.name, ...printed[resource]?.(row) }).toEqual({ Name: name, ...comparable(cells) })
    },
  )
})

it('of every kind that it prints more of than a name and an age', () => {
  const more = rows.filter(({ cells }) => Object.keys(cells).length > 1)
  expect([...new Set(more.map(({ kind }) => kind.resource))].toSorted()).toEqual(Object.keys(printed).toSorted())
})

const factsOf = (resource: string, name: string): Facts =>
  rows
    .filter(({ kind }) => kind.resource === resource)
    .map(({ kind, object }) => kind.describe(object as unknown as Raw))
    .find((row) => row.key === name)!.facts

it('and what lies behind it', () => {
  expect(factsOf('secrets', 'shop/expired-tls')).toMatchObject({ expiresAt: '2020-02-01T00:00:00.000Z', issuer: 'sample-authority' })
  expect(factsOf('secrets', 'surroundings/registry')).toMatchObject({ registries: ['registry.example:5000'], registryUsers: ['robot'] })
  expect(factsOf('networkpolicies', 'surroundings/dns-only')).toMatchObject({ ingress: 'some', egress: 'some' })
  expect(factsOf('clusterroles', 'cluster-admin')).toMatchObject({ allPowerful: true, builtIn: true })
  expect(factsOf('resourcequotas', 'surroundings/team')).toMatchObject({ percentUsed: 100, fullest: 'persistentvolumeclaims' })
  expect(factsOf('leases', 'shop/leader')).toMatchObject({ renewedAt: '2026-01-01T00:00:10.000Z', transitions: 3 })
})
