import { describe, expect, it } from 'vitest'
import { sentence } from '../../../i18n/sentence.ts'
import type { KubernetesObject, Stored } from '../object.ts'
import { pods } from './pods.ts'

const at = (minute: number) => `2026-05-04T10:${String(minute).padStart(2, '0')}:00Z`
const running = { running: { startedAt: at(2) } }
const crashed = { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: at(9) } }

type Pod = Record<string, unknown>
const web = { name: 'web', image: 'shop/web:1.4', resources: { limits: { memory: '64Mi' }, requests: { cpu: '200m', memory: '64Mi' } } }
const main = { name: 'web', image: 'shop/web:1.4', ready: true, started: true, restartCount: 0, state: running }

/** A pod that runs well, but for what is said. */
const pod = ({ metadata, spec, status }: { metadata?: Pod; spec?: Pod; status?: Pod } = {}) =>
  ({
    metadata: { name: 'web-1', namespace: 'shop', uid: 'u1', resourceVersion: '7', creationTimestamp: at(1), ...metadata },
    spec: { nodeName: 'node-1', containers: [web], ...spec },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: at(1) },
        { type: 'Initialized', status: 'True', lastTransitionTime: at(2) },
        { type: 'Ready', status: 'True', lastTransitionTime: at(3) },
      ],
      containerStatuses: [main],
      ...status,
    },
  }) as unknown as Stored<KubernetesObject>

const conditions = (ready: string, since: number, scheduled = 'True', message = '') => [
  { type: 'PodScheduled', status: scheduled, lastTransitionTime: at(1), message },
  { type: 'Ready', status: ready, lastTransitionTime: at(since) },
]
const unplaced = (message: string) =>
  pod({
    spec: { nodeName: undefined },
    status: { phase: 'Pending', containerStatuses: undefined, conditions: conditions('False', 1, 'False', message) },
  })
const withStatus = (status: Pod, others: Pod = {}) => pod({ status: { containerStatuses: [{ ...main, ...status }], ...others } })
const said = (object: Stored<KubernetesObject>) => {
  const { health, state, reason } = pods.describe(object)
  return [health, state.code, reason && [sentence(reason, 'en'), reason.words].filter(Boolean).join(' ')]
}

describe('why a pod is not running, in one sentence', () => {
  it.each<[string, Stored<KubernetesObject>, unknown[]]>([
    ['runs', pod(), ['healthy', 'running', null]],
    [
      'has no place for known causes',
      unplaced(
        '0/4 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 2 Insufficient cpu, 1 Insufficient memory. no new claims to deallocate, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.',
      ),
      ['failing', 'pending', 'No node of 4 takes it. Less than 0.2 CPU free: 2. Less than 64 MiB free: 1. Tainted: 1. Cordoned: 1.'],
    ],
    [
      'has no place for a cause that is not known',
      unplaced('0/1 nodes are available: 1 node(s) had a bad day. preemption: none.'),
      ['failing', 'pending', 'No node takes it. 0/1 nodes are available: 1 node(s) had a bad day. preemption: none.'],
    ],
    ['has no place yet', pod({ spec: { nodeName: undefined }, status: { phase: 'Pending', conditions: [] } }), ['moving', 'pending', null]],
    [
      'is gated',
      pod({ spec: { nodeName: undefined, schedulingGates: [{ name: 'quota.example/held' }] }, status: { phase: 'Pending' } }),
      ['stopped', 'pending', 'It waits until these scheduling gates are taken away: quota.example/held.'],
    ],
    [
      'waits for its containers to be made',
      withStatus({ ready: false, started: false, state: { waiting: { reason: 'ContainerCreating' } } }, { phase: 'Pending' }),
      ['moving', 'starting', null],
    ],
    [
      'has an image that cannot be pulled',
      withStatus({
        ready: false,
        state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "shop/web:1.4": not found' } },
      }),
      [
        'failing',
        'no-image',
        'The image shop/web:1.4 cannot be pulled (ImagePullBackOff). Back-off pulling image "shop/web:1.4": not found',
      ],
    ],
    [
      'lacks a configmap',
      withStatus({ ready: false, state: { waiting: { reason: 'CreateContainerConfigError', message: 'configmap "x" not found' } } }),
      ['failing', 'start-failed', 'web cannot be started (CreateContainerConfigError). configmap "x" not found'],
    ],
    [
      'crashes for want of memory',
      withStatus({ ready: false, restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: crashed }),
      ['failing', 'crash-loop', 'web ran out of memory at its limit of 64 MiB (exit code 137, restarted 5 times).'],
    ],
    [
      'crashes',
      withStatus({
        ready: false,
        restartCount: 1,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 3, reason: 'Error', finishedAt: at(9) } },
      }),
      ['failing', 'crash-loop', 'web ended with exit code 3, restarted once.'],
    ],
    [
      'runs an init container',
      pod({
        spec: { initContainers: [{ name: 'migrate' }] },
        status: {
          phase: 'Pending',
          conditions: conditions('False', 1),
          initContainerStatuses: [{ name: 'migrate', state: running }],
          containerStatuses: [{ name: 'web', ready: false, state: { waiting: { reason: 'PodInitializing' } } }],
        },
      }),
      ['moving', 'starting', 'The init container migrate runs; 0 of 1 are done.'],
    ],
    ['was never ready', withStatus({ ready: false }, { conditions: conditions('False', 2) }), ['moving', 'starting', 'Not ready: web.']],
    ['was ready once', withStatus({ ready: false }, { conditions: conditions('False', 8) }), ['degraded', 'not-ready', 'Not ready: web.']],
    [
      'waits for a readiness gate',
      pod({ spec: { readinessGates: [{ conditionType: 'lb.example/in' }] }, status: { conditions: conditions('False', 3) } }),
      ['degraded', 'not-ready', 'It waits for the readiness gates lb.example/in.'],
    ],
    ['has a silent node', pod({ status: { conditions: conditions('False', 8) } }), ['unknown', 'node-lost', 'Its node does not answer.']],
    [
      'was evicted',
      pod({
        status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.', containerStatuses: undefined },
      }),
      ['failing', 'evicted', 'Its node sent it away. The node was low on resource: memory.'],
    ],
    [
      'failed by its exit code',
      withStatus({ ready: false, state: { terminated: { exitCode: 3, finishedAt: at(9) } } }, { phase: 'Failed' }),
      ['failing', 'exited', 'web ended with exit code 3.'],
    ],
    [
      'succeeded',
      withStatus({ ready: false, state: { terminated: { exitCode: 0, finishedAt: at(9) } } }, { phase: 'Succeeded' }),
      ['completed', 'completed', 'It ended by itself with exit code 0.'],
    ],
    [
      'is being deleted',
      pod({ metadata: { deletionTimestamp: at(10), deletionGracePeriodSeconds: 30 } }),
      ['moving', 'terminating', 'It is given 30 s to end by itself before it is killed.'],
    ],
  ])('%s', (_, object, expected) => expect(said(object)).toEqual(expected))

  it('says since when', () => {
    expect(pods.describe(pod()).since).toBe('2026-05-04T10:03:00.000Z')
    expect(pods.describe(pod({ metadata: { deletionTimestamp: at(10), deletionGracePeriodSeconds: 30 } })).since).toBe(
      '2026-05-04T10:09:30.000Z',
    )
  })
})

describe('what the list of pods shows', () => {
  it('is what kubectl shows, and more', () => {
    const sidecar = { name: 'proxy', image: 'mesh/proxy:2', restartPolicy: 'Always', resources: { requests: { cpu: '100m' } } }
    const described = pods.describe(
      pod({
        metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u0', controller: true }] },
        spec: {
          initContainers: [sidecar],
          serviceAccountName: 'default',
          priorityClassName: 'high',
          volumes: [
            { name: 'kube-api-access-x', projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }] } },
            { name: 'data', persistentVolumeClaim: { claimName: 'web-data' } },
          ],
          containers: [{ ...web, ports: [{ containerPort: 8080, name: 'http' }], envFrom: [{ secretRef: { name: 'db' } }] }],
        },
        status: {
          podIPs: [{ ip: '10.1.2.3' }],
          hostIP: '127.0.0.1',
          qosClass: 'Burstable',
          initContainerStatuses: [{ name: 'proxy', ready: true, started: true, restartCount: 1, state: running, lastState: crashed }],
          containerStatuses: [{ ...main, restartCount: 2 }],
        },
      }),
    )
    expect(described).toMatchObject({
      images: ['shop/web:1.4', 'mesh/proxy:2'],
      facts: {
        status: 'Running',
        ready: '2/2',
        restarts: 3,
        lastRestartAt: '2026-05-04T10:09:00.000Z',
        node: 'node-1',
        addresses: ['10.1.2.3'],
        owner: 'web',
        ownerKind: 'kubernetes/replicasets.apps',
        containers: ['web', 'proxy'],
        cpuRequest: 0.3,
        cpuLimit: null,
        memoryLimit: null,
        memoryRequest: 64 * 2 ** 20,
        containerStates: [
          { name: 'proxy', role: 'sidecar', restarts: 1, exitCode: 137, exitReason: 'OOMKilled' },
          { name: 'web', role: 'main', state: 'running', health: 'healthy', exitCode: null },
        ],
      },
    })
    expect(described.relations.map(({ as, kind, key }) => `${as} ${kind} ${key}`)).toEqual([
      'owner kubernetes/replicasets.apps shop/web',
      'node kubernetes/nodes node-1',
      'serviceaccount kubernetes/serviceaccounts shop/default',
      'secret kubernetes/secrets shop/db',
      'claim kubernetes/persistentvolumeclaims shop/web-data',
      'priorityclass kubernetes/priorityclasses.scheduling.k8s.io high',
    ])
    expect(described.searchTerms).toEqual(expect.arrayContaining(['10.1.2.3', 'node-1', 'proxy', '8080/TCP', 'http']))
  })

  it('counts an init container that needs more than all that run later', () => {
    const { facts } = pods.describe(
      pod({ spec: { initContainers: [{ name: 'load', resources: { requests: { cpu: '2', memory: '1Gi' } } }] } }),
    )
    expect(facts).toMatchObject({ cpuRequest: 2, memoryRequest: 2 ** 30, memoryLimit: 64 * 2 ** 20 })
  })
})
