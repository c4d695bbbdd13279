import type { V1Node } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics, cordon, taint, uncordon, untaint } from '../actions.ts'
import { createdAt, health, name } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { numberOf } from '../quantity.ts'
import { bounded, distinct } from '../values.ts'
import { conditionOf, isTrue, sinceOf, wordsOf } from './conditions.ts'

type Node = Stored<Json<V1Node>>

const roleLabel = 'node-role.kubernetes.io/'

export const nodes = kubernetesKind<Json<V1Node>>({
  name: 'nodes',
  versions: ['v1'],
  manifestKind: 'Node',
  category: 'node',
  singular: 'node',
  plural: 'nodes',
  namespaced: false,
  icon: 'server',
  columns: [
    health,
    name,
    column('roles', 'list', { facet: true }),
    column('version', 'text', { facet: true }),
    column('cpuAllocatable', 'number'),
    column('memoryAllocatable', 'bytes'),
    column('podsAllocatable', 'number'),
    column('taints', 'list', { facet: true }),
    column('since', 'instant'),
    createdAt,
    column('status', 'text', { facet: true, hidden: true }),
    column('unschedulable', 'boolean', { facet: true, hidden: true }),
    column('addresses', 'list', { hidden: true }),
    column('cpuCapacity', 'number', { hidden: true }),
    column('memoryCapacity', 'bytes', { hidden: true }),
    column('podsCapacity', 'number', { hidden: true }),
    column('zone', 'text', { facet: true, hidden: true }),
    column('machineType', 'text', { facet: true, hidden: true }),
    column('osImage', 'text', { facet: true, hidden: true }),
    column('kernel', 'text', { facet: true, hidden: true }),
    column('containerRuntime', 'text', { facet: true, hidden: true }),
    column('architecture', 'text', { facet: true, hidden: true }),
    column('heldImages', 'number', { hidden: true }),
  ],
  keyFacts: ['status', 'roles', 'version', 'cpuAllocatable', 'memoryAllocatable', 'addresses', 'taints'],
  tabs: ['overview', 'events', 'yaml'],
  actions: {
    cordon: cordon(),
    uncordon: uncordon(),
    taint: taint(),
    untaint: untaint(),
    ...basics(),
  },
  summarise: (node) => {
    const { metadata, spec, status } = node
    const labels = metadata.labels ?? {}
    const addresses = (status?.addresses ?? []).filter(({ type }) => type !== 'Hostname').map(({ address }) => address)
    const amount = (of: 'capacity' | 'allocatable', resource: string) => numberOf(status?.[of]?.[resource])
    return {
      ...judge(node),
      searchTerms: (status?.addresses ?? []).map(({ address }) => address),
      facts: {
        status: statusOf(node),
        roles: rolesOf(labels),
        version: status?.nodeInfo?.kubeletVersion ?? null,
        addresses: bounded(distinct(addresses)),
        unschedulable: spec?.unschedulable ?? false,
        taints: bounded((spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`)),
        cpuCapacity: amount('capacity', 'cpu'),
        cpuAllocatable: amount('allocatable', 'cpu'),
        memoryCapacity: amount('capacity', 'memory'),
        memoryAllocatable: amount('allocatable', 'memory'),
        podsCapacity: amount('capacity', 'pods'),
        podsAllocatable: amount('allocatable', 'pods'),
        zone: labels['topology.kubernetes.io/zone'] ?? null,
        machineType: labels['node.kubernetes.io/instance-type'] ?? null,
        osImage: status?.nodeInfo?.osImage ?? null,
        kernel: status?.nodeInfo?.kernelVersion ?? null,
        containerRuntime: status?.nodeInfo?.containerRuntimeVersion ?? null,
        architecture: status?.nodeInfo?.architecture ?? null,
        heldImages: status?.images?.length ?? 0,
      },
    }
  },
})

/** As kubectl reads them: `node-role.kubernetes.io/worker`, and the older `kubernetes.io/role=worker`. */
const rolesOf = (labels: Record<string, string>): string[] =>
  [
    ...new Set(
      Object.entries(labels).flatMap(([name, value]) => {
        if (name.startsWith(roleLabel)) return name.slice(roleLabel.length) || []
        return name === 'kubernetes.io/role' && value ? value : []
      }),
    ),
  ].toSorted()

/** What kubectl shows under STATUS. */
function statusOf({ spec, status }: Node): string {
  const ready = conditionOf(status?.conditions, 'Ready')
  const word = ready ? (isTrue(ready) ? 'Ready' : 'NotReady') : 'Unknown'
  return spec?.unschedulable ? `${word},SchedulingDisabled` : word
}

/** Conditions of which a node should have none. */
const burdens = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable']

function judge({ spec, status }: Node): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const ready = conditionOf(status?.conditions, 'Ready')
  const since = sinceOf(ready)
  if (!ready || ready.status === 'Unknown')
    return { health: 'failing', state: { code: 'not-ready' }, reason: { code: 'kubelet-silent' }, since }
  if (!isTrue(ready))
    return {
      health: 'failing',
      state: { code: 'not-ready' },
      reason: { code: 'kubelet-not-ready', words: wordsOf(ready.message) },
      since,
    }
  const borne = (status?.conditions ?? []).filter((condition) => burdens.includes(condition.type) && isTrue(condition))
  if (borne.length > 0)
    return {
      health: 'degraded',
      state: { code: 'degraded' },
      reason: {
        code: 'node-burdened',
        params: { names: borne.map((condition) => condition.type).join(', ') },
        words: wordsOf(borne[0]?.message),
      },
      since: sinceOf(borne[0]),
    }
  if (spec?.unschedulable) return { health: 'stopped', state: { code: 'cordoned' }, reason: { code: 'takes-no-pods' }, since: null }
  return { health: 'healthy', state: { code: 'ready' }, since }
}
