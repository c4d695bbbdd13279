import { describe, expect, it } from 'vitest'
import { languages, messages } from '../../../i18n/messages.ts'
import { sentence } from '../../../i18n/sentence.ts'
import { kindOfManifest } from '../kind.ts'
import { kinds } from './index.ts'

type Raw = Parameters<(typeof kinds)[number]['describe']>[0]
type Parts = { metadata?: Record<string, unknown> } & Record<string, unknown>

const kindOf = (name: string) => kinds.find((kind) => kind.name === `kubernetes/${name}`)!
const object = ({ metadata, ...parts }: Parts) =>
  ({ metadata: { name: 'x', namespace: 'shop', uid: 'u', resourceVersion: '1', ...metadata }, ...parts }) as unknown as Raw
const told = (kind: string, parts: Parts = {}) => kindOf(kind).describe(object(parts))
const condition = (type: string, status: string, message = '') => ({ type, status, message, lastTransitionTime: '2026-11-21T10:00:00Z' })
const conditions = (...given: ReturnType<typeof condition>[]) => ({ status: { conditions: given } })
const routed = (...given: ReturnType<typeof condition>[]) => ({ status: { parents: [{ conditions: given }] } })
const deleted = { deletionTimestamp: '2026-11-21T10:00:00Z', finalizers: ['a/b'] }

const crds = 'customresourcedefinitions.apiextensions.k8s.io'
const api = 'apiservices.apiregistration.k8s.io'
const slices = 'endpointslices.discovery.k8s.io'
const attachments = 'volumeattachments.storage.k8s.io'
const policies = 'validatingadmissionpolicies.admissionregistration.k8s.io'
const [gateways, routes, classes] = ['gateways', 'httproutes', 'gatewayclasses'].map((name) => `${name}.gateway.networking.k8s.io`) as [
  string,
  string,
  string,
]
const claim = 'persistentvolumeclaims'
const volume = 'persistentvolumes'

/** What each says, and why: kind, object, health, state, reason. */
const verdicts: [string, Parts, string, string, string | null][] = [
  ['services', { spec: { type: 'ClusterIP', clusterIP: '10.0.0.1' } }, 'healthy', 'exists', null],
  ['services', { spec: { type: 'LoadBalancer' }, status: { loadBalancer: {} } }, 'moving', 'pending', 'waits-for-address'],
  ['services', { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } } }, 'healthy', 'exists', null],
  ['services', { spec: {}, metadata: deleted }, 'moving', 'terminating', 'waits-for-finalizers'],
  [slices, { endpoints: null, ports: null }, 'stopped', 'empty', null],
  [slices, { endpoints: [{ addresses: ['10.0.0.2'], conditions: { ready: false } }] }, 'degraded', 'none-ready', 'no-endpoint-ready'],
  [slices, { endpoints: [{ addresses: ['10.0.0.2'] }, { addresses: [], conditions: { ready: false } }] }, 'healthy', 'ready', null],
  [classes, {}, 'moving', 'pending', 'waits-for-controller'],
  [classes, conditions(condition('Accepted', 'True')), 'healthy', 'accepted', null],
  [classes, conditions(condition('Accepted', 'False', 'unknown parameters')), 'failing', 'refused', 'controller-refused'],
  [gateways, conditions(condition('Accepted', 'Unknown'), condition('Programmed', 'Unknown')), 'moving', 'pending', 'waits-for-controller'],
  [gateways, conditions(condition('Accepted', 'True'), condition('Programmed', 'True')), 'healthy', 'ready', null],
  [
    gateways,
    conditions(condition('Accepted', 'True'), condition('Programmed', 'False')),
    'degraded',
    'not-ready',
    'gateway-not-programmed',
  ],
  [gateways, conditions(condition('Accepted', 'False')), 'failing', 'refused', 'controller-refused'],
  [routes, {}, 'moving', 'pending', 'waits-for-controller'],
  [routes, routed(condition('Accepted', 'True'), condition('ResolvedRefs', 'True')), 'healthy', 'accepted', null],
  [routes, routed(condition('Accepted', 'True'), condition('ResolvedRefs', 'False')), 'degraded', 'unresolved', 'route-unresolved'],
  [routes, routed(condition('Accepted', 'False', 'no listener')), 'failing', 'refused', 'route-refused'],
  [claim, { status: { phase: 'Bound' } }, 'healthy', 'bound', null],
  [claim, { spec: { volumeName: 'pv1' }, status: { phase: 'Lost' } }, 'failing', 'lost', 'claim-lost'],
  [claim, { spec: { volumeName: 'pv1' }, status: { phase: 'Pending' } }, 'moving', 'pending', 'claim-waits-for-volume'],
  [claim, { spec: { storageClassName: 'fast' }, status: { phase: 'Pending' } }, 'moving', 'pending', 'claim-unbound'],
  [claim, { spec: { storageClassName: '' } }, 'moving', 'pending', 'claim-without-class'],
  [
    claim,
    { spec: { storageClassName: 'fast' }, metadata: { annotations: { 'volume.kubernetes.io/storage-provisioner': 'csi.example' } } },
    'moving',
    'pending',
    'claim-waits-for-provisioner',
  ],
  [claim, { status: { phase: 'Bound', conditions: [condition('Resizing', 'True')] } }, 'moving', 'resizing', 'claim-resizes'],
  [
    claim,
    { status: { phase: 'Bound', conditions: [condition('FileSystemResizePending', 'True')] } },
    'moving',
    'resizing',
    'claim-resize-waits',
  ],
  [
    claim,
    { status: { phase: 'Bound', conditions: [condition('NodeResizeError', 'True')] } },
    'degraded',
    'resize-failed',
    'claim-resize-failed',
  ],
  [
    claim,
    { status: { phase: 'Bound', conditions: [condition('ModifyVolumeError', 'True')] } },
    'degraded',
    'change-failed',
    'claim-change-failed',
  ],
  [volume, { status: { phase: 'Bound' } }, 'healthy', 'bound', null],
  [volume, { status: { phase: 'Available' } }, 'stopped', 'available', null],
  [volume, { spec: { persistentVolumeReclaimPolicy: 'Retain' }, status: { phase: 'Released' } }, 'stopped', 'released', 'volume-released'],
  [
    volume,
    { spec: { persistentVolumeReclaimPolicy: 'Delete' }, status: { phase: 'Released' } },
    'moving',
    'released',
    'volume-awaits-deletion',
  ],
  [volume, { status: { phase: 'Failed', message: 'no such disk' } }, 'failing', 'failed', 'volume-failed'],
  [volume, {}, 'moving', 'pending', null],
  [attachments, { status: { attached: true } }, 'healthy', 'attached', null],
  [attachments, { status: { attached: false } }, 'moving', 'pending', null],
  [attachments, { status: { attached: false, attachError: { message: 'no such disk' } } }, 'failing', 'failed', 'attach-failed'],
  [
    attachments,
    { metadata: deleted, status: { attached: true, detachError: { message: 'busy' } } },
    'failing',
    'terminating',
    'detach-failed',
  ],
  ['resourcequotas', { status: { hard: { pods: '10', cpu: '1' }, used: { pods: '8', cpu: '500m' } } }, 'healthy', 'exists', null],
  ['resourcequotas', { status: { hard: { memory: '1Gi' }, used: { memory: '950Mi' } } }, 'degraded', 'nearly-full', 'quota-nearly-full'],
  [
    'resourcequotas',
    { status: { hard: { pods: '10', cpu: '1' }, used: { pods: '10', cpu: '950m' } } },
    'degraded',
    'at-limit',
    'quota-full',
  ],
  ['resourcequotas', { status: { hard: { 'services.nodeports': '0' }, used: { 'services.nodeports': '0' } } }, 'healthy', 'exists', null],
  [crds, conditions(condition('NamesAccepted', 'True'), condition('Established', 'True')), 'healthy', 'exists', null],
  [crds, {}, 'moving', 'pending', 'not-established'],
  [crds, conditions(condition('NamesAccepted', 'False', '"widgets" is taken')), 'failing', 'refused', 'names-refused'],
  [
    crds,
    { metadata: deleted, ...conditions(condition('Terminating', 'True', 'in progress')) },
    'moving',
    'terminating',
    'instances-go-first',
  ],
  [api, conditions(condition('Available', 'True')), 'healthy', 'available', null],
  [api, conditions(condition('Available', 'False', 'no endpoints')), 'failing', 'unavailable', 'api-unavailable'],
  [api, {}, 'moving', 'pending', 'api-not-asked'],
  ['leases.coordination.k8s.io', { spec: { holderIdentity: 'node-1' } }, 'healthy', 'held', null],
  ['leases.coordination.k8s.io', { spec: { holderIdentity: '' } }, 'stopped', 'free', null],
  [policies, { spec: {} }, 'healthy', 'exists', null],
  [
    policies,
    { status: { typeChecking: { expressionWarnings: [{ fieldRef: 'spec.validations[0].expression', warning: 'undefined field' }] } } },
    'degraded',
    'warning',
    'expressions-wrong',
  ],
]

describe.each(verdicts)('of %s %j', (kind, parts, health, state, reason) => {
  const row = told(kind, parts)
  it(`is ${health}: ${state}`, () => expect([row.health, row.state.code, row.reason?.code ?? null]).toEqual([health, state, reason]))

  it.each(languages)('says so in %s', (language) => {
    const word = sentence(row.state, language)
    expect(word).not.toBe(row.state.code)
    expect(word.length).toBeLessThanOrEqual({ en: 16, fr: 20 }[language])
    if (row.reason) expect(sentence(row.reason, language)).toMatch(/^[\p{Lu}\w{].*\.$/u)
    if (row.reason) expect(sentence(row.reason, language)).not.toContain(row.reason.code)
  })
})

it('keeps the words of whoever says why, and since when', () => {
  expect(told(api, conditions(condition('Available', 'False', 'no endpoints')))).toMatchObject({
    reason: { words: 'no endpoints' },
    since: '2026-11-21T10:00:00.000Z',
  })
})

it('every kind is found by what manifests call it', () => {
  const versioned = ({ group, versions }: (typeof kinds)[number]) => [group, versions[0]].filter(Boolean).join('/')
  const lost = kinds.filter((kind) => kind.category !== 'event' && kindOfManifest(versioned(kind), kind.manifestKind) !== kind.name)
  expect(lost.map((kind) => kind.name)).toEqual([])
})

describe('links', () => {
  const links = (kind: string, parts: Parts) =>
    told(kind, parts).relations.map(({ as, kind: of, key }) => `${as} ${of.replace('kubernetes/', '')} ${key}`)

  it('an ingress leads to its services, certificates and class', () => {
    const backend = (service: string) => ({ service: { name: service, port: { number: 80 } } })
    const ingress = {
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['shop.example'], secretName: 'shop-tls' }],
        defaultBackend: { resource: { kind: 'Bucket', name: 'static' } },
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [
                { path: '/', backend: backend('web') },
                { path: '/api', backend: backend('api') },
              ],
            },
          },
          { host: '*.shop.example' },
        ],
      },
    }
    expect(links('ingresses.networking.k8s.io', ingress)).toEqual([
      'service services shop/web',
      'service services shop/api',
      'certificate secrets shop/shop-tls',
      'class ingressclasses.networking.k8s.io nginx',
    ])
    expect(told('ingresses.networking.k8s.io', ingress).facts).toMatchObject({
      hosts: ['shop.example', '*.shop.example'],
      routes: ['shop.example/ → web:80', 'shop.example/api → api:80', '*/ → Bucket/static'],
      url: 'https://shop.example/',
    })
    const old = { metadata: { annotations: { 'kubernetes.io/ingress.class': 'traefik' } } }
    expect(told('ingresses.networking.k8s.io', old).facts).toMatchObject({ class: 'traefik', url: null })
  })

  it('a slice leads to its service and pods', () => {
    const slice = {
      metadata: { labels: { 'kubernetes.io/service-name': 'web' } },
      endpoints: [{ addresses: ['10.0.0.2'], targetRef: { kind: 'Pod', name: 'web-1' } }, { addresses: ['10.0.0.3'] }],
    }
    expect(links(slices, slice)).toEqual(['service services shop/web', 'pod pods shop/web-1'])
  })

  it('a claim, its volume and its class lead to each other', () => {
    expect(links(claim, { spec: { volumeName: 'pv1', storageClassName: 'fast' } })).toEqual([
      'volume persistentvolumes pv1',
      'class storageclasses.storage.k8s.io fast',
    ])
    const pv = { metadata: { namespace: undefined }, spec: { claimRef: { namespace: 'shop', name: 'data' }, storageClassName: 'fast' } }
    expect(links(volume, pv)).toEqual(['claim persistentvolumeclaims shop/data', 'class storageclasses.storage.k8s.io fast'])
  })

  it('a binding leads to its role and to accounts', () => {
    const subjects = [
      { kind: 'ServiceAccount', name: 'ci', namespace: 'build' },
      { kind: 'User', name: 'ann' },
      { kind: 'Group', name: 'system:masters' },
    ]
    const binding = { roleRef: { kind: 'Role', name: 'edit' }, subjects }
    expect(links('rolebindings.rbac.authorization.k8s.io', binding)).toEqual([
      'role roles.rbac.authorization.k8s.io shop/edit',
      'subject serviceaccounts build/ci',
    ])
    expect(told('rolebindings.rbac.authorization.k8s.io', binding).facts).toMatchObject({
      role: 'Role/edit',
      serviceAccounts: ['build/ci'],
      users: ['ann'],
      groups: ['system:masters'],
    })
  })

  it('a route leads to gateways and services of other namespaces, too', () => {
    const route = {
      spec: {
        hostnames: ['shop.example'],
        parentRefs: [{ name: 'public', namespace: 'edge', sectionName: 'https' }],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/api' }, method: 'GET' }],
            backendRefs: [
              { name: 'web', port: 80 },
              { name: 'web', port: 81 },
              { name: 'x', kind: 'ServiceImport', group: 'multicluster.x-k8s.io' },
            ],
          },
        ],
      },
    }
    expect(links(routes, route)).toEqual(['gateway gateways.gateway.networking.k8s.io edge/public', 'service services shop/web'])
    expect(told(routes, route).facts).toMatchObject({ gateways: ['public/https'], matched: ['GET /api*'] })
    const grpc = { spec: { rules: [{ matches: [{ method: { service: 'shop.Cart', method: 'Add' } }] }] } }
    expect(told('grpcroutes.gateway.networking.k8s.io', grpc).facts).toMatchObject({ matched: ['shop.Cart/Add'] })
  })

  it('webhooks and API services lead to what answers for them', () => {
    const service = { name: 'hook', namespace: 'sys', path: '/x' }
    const rules = [{ operations: ['CREATE', 'UPDATE'], apiGroups: ['', 'apps'], resources: ['*'] }]
    const webhooks = [
      { name: 'a.example', clientConfig: { service }, rules, failurePolicy: 'Ignore', timeoutSeconds: 5 },
      { name: 'b.example', clientConfig: { url: 'https://me:secret@hooks.example/validate?token=secret' } },
      { name: 'c.example', clientConfig: { service } },
    ]
    const row = told('validatingwebhookconfigurations.admissionregistration.k8s.io', { webhooks })
    expect(row.relations.map(({ key }) => key)).toEqual(['sys/hook'])
    expect(row.facts).toMatchObject({
      webhooks: 3,
      services: ['sys/hook', 'hooks.example'],
      failurePolicies: ['Ignore', 'Fail'],
      matched: ['CREATE,UPDATE *, *.apps'],
      timeoutSeconds: 5,
    })
    expect(JSON.stringify(row)).not.toContain('secret@')
    expect(links(api, { spec: { service } })).toEqual(['service services sys/hook'])
  })
})

it('services say their ports and addresses, and are found by them', () => {
  const row = told('services', {
    spec: {
      type: 'NodePort',
      clusterIP: '10.0.0.1',
      clusterIPs: ['10.0.0.1', 'fd00::1'],
      externalIPs: ['192.0.2.1'],
      ports: [
        { name: 'http', port: 80, nodePort: 30080, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
      selector: { app: 'web', tier: 'front' },
    },
  })
  expect(row.facts).toMatchObject({
    clusterIps: ['10.0.0.1', 'fd00::1'],
    externalAddresses: ['192.0.2.1'],
    ports: [
      { hostPort: 30080, port: 80, protocol: 'TCP' },
      { hostPort: null, port: 53, protocol: 'UDP' },
    ],
    selector: 'app=web,tier=front',
  })
  expect(row.searchTerms).toEqual(expect.arrayContaining(['80:30080/TCP', 'http', '53/UDP', 'fd00::1', '192.0.2.1']))
})

it('roles say what they allow', () => {
  const rules = [
    { apiGroups: ['', 'apps'], resources: ['pods', 'deployments'], verbs: ['get', 'list'] },
    { nonResourceURLs: ['/metrics'], verbs: ['get'] },
  ]
  expect(told('roles.rbac.authorization.k8s.io', { rules }).facts).toMatchObject({
    rules: 2,
    resources: ['pods', 'pods.apps', 'deployments', 'deployments.apps', '/metrics'],
    verbs: ['get', 'list'],
    allPowerful: false,
  })
  const all = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
  const admin = { metadata: { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } }, rules: all }
  expect(told('clusterroles.rbac.authorization.k8s.io', admin).facts).toMatchObject({ allPowerful: true, builtIn: true })
  expect(told('clusterroles.rbac.authorization.k8s.io', { rules: null }).facts).toMatchObject({ rules: 0 })
})

it('a class becomes the default, and is it no more', () => {
  const classes = kindOf('storageclasses.storage.k8s.io')
  const annotation = 'storageclass.kubernetes.io/is-default-class'
  const row = (value: string) => classes.describe(object({ metadata: { annotations: { [annotation]: value } } }))
  const blocked = (value: string) => Object.fromEntries(classes.actions.map(({ name, blockedBy }) => [name, blockedBy(row(value)) ?? null]))
  expect(blocked('true')).toMatchObject({ 'make-default': 'already-default', 'unmake-default': null })
  expect(blocked('false')).toMatchObject({ 'make-default': null, 'unmake-default': 'not-default' })
  expect(classes.calls['make-default']!(object({}), null)).toEqual({
    method: 'PATCH',
    body: { metadata: { annotations: { [annotation]: 'true' } } },
  })
})

it('what a removal takes along is said before', () => {
  const takes = (kind: string, parts: Parts) =>
    kindOf(kind)
      .takesAlong(told(kind, parts))
      .map((reason) => sentence(reason, 'en'))
  expect(takes(crds, { spec: { names: { kind: 'Boat' } } })).toEqual(['Every Boat of the cluster is deleted with it.'])
  expect(takes(claim, { spec: { volumeName: 'pv1' } })).toEqual([
    'The volume pv1 is given up: unless it is retained, all that is in it is erased.',
  ])
  expect(takes(claim, {})).toEqual([])
  expect(takes('namespaces', { metadata: { name: 'shop', namespace: undefined } })).toEqual([
    'Everything in the namespace shop is deleted with it.',
  ])
})

it('an API that the server answers itself is not removed', () => {
  const remove = kindOf(api).actions.find(({ name }) => name === 'remove')!
  expect(remove.blockedBy(told(api, { spec: {} }))).toBe('made-by-cluster')
  expect(remove.blockedBy(told(api, { spec: { service: { name: 'metrics', namespace: 'kube-system' } } }))).toBeUndefined()
})

it.each(languages)('why an action is off is said in %s', (language) => {
  const { blocked, reasons } = messages[language] as Record<string, Record<string, string>>
  for (const code of ['already-default', 'not-default', 'made-by-cluster']) expect(blocked![code]).toBe(reasons![code])
})
