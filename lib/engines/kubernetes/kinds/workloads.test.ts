import { describe, expect, it } from 'vitest'
import { sentence } from '../../../i18n/sentence.ts'
import type { KubernetesObject, Stored } from '../object.ts'
import { comparable, printed } from './fixtures/printed.ts'
import recorded from './fixtures/workloads.json' with { type: 'json' }
import { kinds } from './index.ts'

type Name = keyof typeof recorded
type Raw = Stored<KubernetesObject>
type Parts = Record<string, unknown>

const kindOf = (name: Name) => kinds.find((kind) => kind.name === `kubernetes/${name}`)!
const told = (name: Name, object: Raw) => kindOf(name).describe(object)
/** A name without what the server made up. */
const short = (name: string) => name.replace(/-[0-9a-f]{8,10}(-\w{5})?$|-\d{8}$/, '')
/** `failing, Crash loop: main ended with exit code 3.` */
function said(name: Name, object: Raw): string {
  const { health, state, reason } = told(name, object)
  return `${health}, ${sentence(state, 'en')}${reason ? `: ${sentence(reason, 'en')}` : ''}`
}

/** Recorded from Kubernetes 1.36, where the workloads of `broken` are each broken in their own way. */
const verdicts: Record<string, Record<string, string>> = {
  pods: {
    crashes: 'failing, Crash loop: main ended with exit code 3, restarted 6 times.',
    'does-not-go':
      'moving, Terminating: It is being deleted, and waits until whoever put them there has taken these finalizers away: example.com/never-cleaned.',
    failed: 'failing, Exited: main ended with exit code 42.',
    gated: 'stopped, Pending: It waits until these scheduling gates are taken away: example.com/approval.',
    'init-fails': 'failing, Crash loop: prepare ended with exit code 7, restarted 6 times.',
    'init-waits': 'moving, Starting: The init container wait-for-db runs; 0 of 1 are done.',
    'never-ready': 'moving, Starting: Not ready: main.',
    'no-config': 'failing, Did not start: main cannot be started (CreateContainerConfigError).',
    'no-disk-0': 'failing, Pending: It waits for the volumes of its claims data-no-disk-0.',
    'no-image': 'failing, No image: The image 127.0.0.1:1/shop/web:9.9 cannot be pulled (ImagePullBackOff).',
    'no-secret-volume': 'moving, Starting: It waits until its volumes are mounted and its network is up.',
    'no-such-program': 'failing, Did not start: main cannot be started (RunContainerError).',
    'not-alive': 'failing, Crash loop: main ended with exit code 137, restarted 6 times.',
    'out-of-memory': 'failing, Crash loop: main ran out of memory at its limit of 16 MiB (exit code 137, restarted 6 times).',
    'over-deadline': 'failing, Failed: It failed: DeadlineExceeded.',
    'too-big': 'failing, Pending: No node of 1 takes it. Less than 200 CPU free: 1. Less than 921600 MiB free: 1.',
    'wrong-node': 'failing, Pending: No node of 1 takes it. Without the labels it asks for: 1.',
    alone: 'healthy, Running',
    done: 'completed, Completed: It ended by itself with exit code 0.',
    web: 'healthy, Running',
  },
  'deployments.apps': {
    crashes: 'failing, Not ready: 0 of 1 are available.',
    'no-image': 'failing, Rollout stuck: No progress for 20 s; 0 of 2 are available.',
    refused: 'failing, Failed: The server refuses its pods.',
    'too-big': 'moving, Rolling out: 1 of 1 are new, 1 not available yet.',
    asleep: 'stopped, Scaled to 0',
    paused: 'degraded, Paused: Its rollout is paused: changes wait.',
    web: 'healthy, Running',
  },
  'replicasets.apps': {
    refused: 'failing, Failed: The server refuses its pods.',
    asleep: 'stopped, Scaled to 0',
    orphan: 'healthy, Running',
    web: 'healthy, Running',
  },
  replicationcontrollers: { elder: 'healthy, Running' },
  'statefulsets.apps': { 'no-disk': 'moving, Scaling: 0 of 2 are available.', db: 'healthy, Running' },
  'daemonsets.apps': { 'gpu-only': 'stopped, Stopped: No node matches.', 'node-agent': 'healthy, Running' },
  'jobs.batch': {
    fails: 'failing, Failed: It failed 2 times: BackoffLimitExceeded.',
    'too-slow': 'failing, Failed: It failed once: DeadlineExceeded.',
    'every-minute': 'completed, Completed',
    'held-back': 'stopped, Suspended',
    migrate: 'completed, Completed',
    'takes-long': 'healthy, Running',
  },
  'cronjobs.batch': { 'every-minute': 'healthy, Scheduled', 'nightly-report': 'stopped, Suspended' },
  nodes: { 'node-0': 'healthy, Ready' },
  namespaces: {
    shop: 'healthy, Active',
    stuck: 'failing, Terminating: It cannot be emptied. Still in it: configmaps (1). Held by the finalizers example.com/never-cleaned.',
  },
  'horizontalpodautoscalers.autoscaling': { 'no-target': 'failing, Failed: It cannot scale.', web: 'failing, Failed: It cannot scale.' },
  'poddisruptionbudgets.policy': { db: 'healthy, At the limit: It allows no eviction now.', web: 'healthy, Healthy' },
  'priorityclasses.scheduling.k8s.io': { 'checkout-first': 'healthy, Exists', whenever: 'healthy, Exists' },
}

describe.each(Object.keys(recorded) as Name[])('the %s of a real cluster', (name) => {
  const rows = (recorded[name] as unknown as { table: Parts; object: Raw }[]).map(({ table, object }) => ({ table, object }))

  it('are judged', () => {
    expect(Object.fromEntries(rows.map(({ object }) => [short(object.metadata.name), said(name, object)]))).toEqual(verdicts[name])
  })

  it('show what the server prints of them', () => {
    for (const { table, object } of rows) {
      const row = told(name, object)
      const ours = printed[name]?.(row) ?? {}
      expect([row.key, comparable(table)]).toMatchObject([row.key, ours])
    }
  })

  it('keep their secrets out of their rows', () => {
    expect(JSON.stringify(rows.map(({ object }) => told(name, object)))).not.toContain('canary')
  })
})

it('holds a canary in what was recorded', () => expect(JSON.stringify(recorded)).toContain('canary'))

const metadata = { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '7', generation: 2 }
const object = (parts: Parts) => ({ metadata, ...parts }) as unknown as Raw
const condition = (type: string, status: string, others: Parts = {}) => ({
  type,
  status,
  lastTransitionTime: '2026-05-04T10:00:00Z',
  ...others,
})
const status = (parts: Parts, conditions: Parts[] = []) => ({ observedGeneration: 2, conditions, ...parts })

it.each<[string, Name, Parts, string]>([
  [
    'rolls out',
    'deployments.apps',
    {
      spec: { replicas: 4 },
      status: status({ replicas: 5, updatedReplicas: 2, availableReplicas: 3 }, [
        condition('Progressing', 'True', { reason: 'ReplicaSetUpdated' }),
      ]),
    },
    'moving, Rolling out: 2 of 4 are new, 3 old still run, 1 not available yet.',
  ],
  [
    'has lost some after its rollout',
    'deployments.apps',
    {
      spec: { replicas: 4 },
      status: status({ replicas: 4, updatedReplicas: 4, availableReplicas: 3 }, [
        condition('Progressing', 'True', { reason: 'NewReplicaSetAvailable' }),
      ]),
    },
    'degraded, Degraded: 3 of 4 are available.',
  ],
  [
    'has not been looked at since it was changed',
    'deployments.apps',
    { spec: { replicas: 1 }, status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 } },
    'moving, Rolling out: 1 of 1 are new.',
  ],
  [
    'rolls out in order',
    'statefulsets.apps',
    {
      spec: { replicas: 3 },
      status: status({ replicas: 3, availableReplicas: 3, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' }),
    },
    'moving, Rolling out: 1 of 3 are new, 2 old still run.',
  ],
  [
    'waits to be deleted pod by pod',
    'statefulsets.apps',
    {
      spec: { replicas: 3, updateStrategy: { type: 'OnDelete' } },
      status: status({ replicas: 3, availableReplicas: 3, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' }),
    },
    'healthy, Running: 2 pods stay old until somebody deletes them.',
  ],
  [
    'keeps the old ones below its partition',
    'statefulsets.apps',
    {
      spec: { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
      status: status({ replicas: 3, availableReplicas: 3, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' }),
    },
    'healthy, Running',
  ],
  [
    'rolls out over the nodes',
    'daemonsets.apps',
    { status: status({ desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 1, numberAvailable: 2 }) },
    'moving, Rolling out: 1 of 3 are new, 2 old still run, 1 not available yet.',
  ],
  [
    'lacks one',
    'daemonsets.apps',
    { status: status({ desiredNumberScheduled: 3, currentNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 }) },
    'degraded, Degraded: 2 of 3 are available.',
  ],
  [
    'tries again',
    'jobs.batch',
    { status: { active: 1, failed: 1 } },
    'degraded, Running: It failed once, and is tried again up to 6 times.',
  ],
  [
    'failed the last time',
    'cronjobs.batch',
    { status: { lastScheduleTime: '2026-05-04T10:00:00Z', lastSuccessfulTime: '2026-05-04T09:00:05Z' } },
    'degraded, Degraded: Its last run did not end well.',
  ],
  [
    'has fallen silent',
    'nodes',
    { status: status({}, [condition('Ready', 'Unknown')]) },
    'failing, Not ready: Its kubelet does not answer.',
  ],
  [
    'is not ready',
    'nodes',
    { status: status({}, [condition('Ready', 'False', { message: 'no network' })]) },
    'failing, Not ready: Its kubelet is not ready.',
  ],
  [
    'is short of something',
    'nodes',
    { status: status({}, [condition('DiskPressure', 'True'), condition('Ready', 'True')]) },
    'degraded, Degraded: It reports DiskPressure.',
  ],
  [
    'is cordoned',
    'nodes',
    { spec: { unschedulable: true }, status: status({}, [condition('Ready', 'True')]) },
    'stopped, Cordoned: It takes no new pods; those that it has run on.',
  ],
  [
    'is held by what is in it',
    'namespaces',
    {
      status: status({ phase: 'Terminating' }, [
        condition('NamespaceContentRemaining', 'True', {
          message: 'Some resources are remaining: pods. has 1 resource instances, boats.harbour.example.com has 2 resource instances',
        }),
      ]),
    },
    'moving, Terminating: Still in it: pods (1), boats.harbour.example.com (2).',
  ],
  [
    'would go further',
    'horizontalpodautoscalers.autoscaling',
    {
      status: { currentReplicas: 6, desiredReplicas: 6, conditions: [condition('ScalingLimited', 'True', { reason: 'TooManyReplicas' })] },
    },
    'degraded, At the limit: It would scale further, if it might.',
  ],
  ['scales', 'horizontalpodautoscalers.autoscaling', { status: { currentReplicas: 2, desiredReplicas: 6 } }, 'moving, Scaling'],
  [
    'lacks pods',
    'poddisruptionbudgets.policy',
    { status: { expectedPods: 3, currentHealthy: 1, desiredHealthy: 2 } },
    'degraded, Degraded: 1 of 2 are available.',
  ],
  ['covers nothing', 'poddisruptionbudgets.policy', { status: { expectedPods: 0 } }, 'healthy, Unused: It selects no pods.'],
])('what %s (%s) says so', (_, name, parts, expected) => expect(said(name, object(parts))).toBe(expected))

it('writes the metrics of an autoscaler as kubectl does', () => {
  const { facts, relations } = told(
    'horizontalpodautoscalers.autoscaling',
    object({
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
          { type: 'Pods', pods: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '30' } } },
          { type: 'External', external: { metric: { name: 'jobs' }, target: { type: 'Value', value: '5' } } },
        ],
      },
      status: { currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 12 } } }] },
    }),
  )
  expect(facts['metrics']).toEqual(['cpu: 12%/80%', 'queue: ?/30', 'jobs: ?/5'])
  expect(relations).toEqual([{ as: 'target', kind: 'kubernetes/deployments.apps', key: 'shop/web', name: 'web' }])
})

it('counts what a node has in cores and bytes', () => {
  const { facts } = told(
    'nodes',
    object({
      metadata: { ...metadata, labels: { 'node-role.kubernetes.io/worker': '', 'kubernetes.io/role': 'edge' } },
      spec: {
        taints: [
          { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
          { key: 'own', effect: 'NoExecute' },
        ],
      },
      status: { capacity: { cpu: '4', memory: '8Gi', pods: '110' }, allocatable: { cpu: '3900m', memory: '7Gi', pods: '110' } },
    }),
  )
  expect(facts).toMatchObject({
    roles: ['edge', 'worker'],
    taints: ['gpu=yes:NoSchedule', 'own:NoExecute'],
    cpuCapacity: 4,
    cpuAllocatable: 3.9,
    memoryCapacity: 8 * 2 ** 30,
    memoryAllocatable: 7 * 2 ** 30,
    podsCapacity: 110,
  })
})
