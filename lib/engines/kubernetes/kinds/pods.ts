import type { V1Pod } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics, evict, remove } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kindOfManifest, kubernetesKind, relation } from '../kind.ts'
import type { Json } from '../object.ts'
import { containerFacts, containersOf } from './pod-containers.ts'
import { judgePod } from './pod-health.ts'
import { statusOf } from './pod-status.ts'
import { imagesOf, namesOf, needsOf, resourceFacts, termsOf } from './pod-template.ts'

export const pods = kubernetesKind<Json<V1Pod>>({
  name: 'pods',
  versions: ['v1'],
  manifestKind: 'Pod',
  category: 'instance',
  singular: 'pod',
  plural: 'pods',
  icon: 'box',
  columns: [
    health,
    name,
    namespace,
    column('ready', 'text'),
    column('restarts', 'number'),
    column('node', 'text', { facet: true }),
    column('images', 'images', { facet: true }),
    column('since', 'instant'),
    createdAt,
    column('status', 'text', { facet: true, hidden: true }),
    column('addresses', 'list', { hidden: true }),
    column('owner', 'text', { facet: true, hidden: true }),
    column('ownerKind', 'kind', { facet: true, hidden: true }),
    column('lastRestartAt', 'instant', { hidden: true }),
    column('exitCode', 'number', { hidden: true }),
    column('containers', 'list', { facet: true, hidden: true }),
    column('readyCount', 'number', { hidden: true }),
    column('cpuRequest', 'number', { hidden: true }),
    column('cpuLimit', 'number', { hidden: true }),
    column('memoryRequest', 'bytes', { hidden: true }),
    column('memoryLimit', 'bytes', { hidden: true }),
    column('qos', 'text', { facet: true, hidden: true }),
    column('serviceAccount', 'text', { facet: true, hidden: true }),
    column('priorityClass', 'text', { facet: true, hidden: true }),
    column('phase', 'text', { facet: true, hidden: true }),
    column('hostIP', 'text', { hidden: true }),
    column('nominatedNode', 'text', { hidden: true }),
    column('readinessGates', 'list', { hidden: true }),
  ],
  keyFacts: ['status', 'ready', 'restarts', 'node', 'addresses', 'owner', 'memoryLimit'],
  tabs: ['overview', 'logs', 'events', 'yaml'],
  streams: ['logs', 'terminal'],
  terminalBlockedBy: ({ facts }) => (facts['phase'] === 'Running' ? undefined : 'not-running'),
  actions: { evict: evict(), ...basics(), remove: remove('recoverable') },
  summarise: (pod) => {
    const { metadata, spec, status } = pod
    const containers = containersOf(pod)
    const told = statusOf(pod)
    const owner = metadata.ownerReferences?.find((reference) => reference.controller)
    const addresses = (status?.podIPs ?? [{ ip: status?.podIP }]).flatMap(({ ip }) => (ip ? [ip] : []))
    const gates = (spec?.readinessGates ?? []).map((gate) => gate.conditionType)
    const containerStates = containerFacts(containers)
    const ended = containerStates.filter((one) => one['exitedAt'] !== null)
    const last = ended.toSorted((a, b) => (String(a['exitedAt']) < String(b['exitedAt']) ? -1 : 1)).at(-1)
    return {
      ...judgePod(pod, containers),
      images: imagesOf(spec),
      relations: [...(spec?.nodeName ? [relation('node', 'nodes', spec.nodeName)] : []), ...needsOf(spec, metadata.namespace)],
      searchTerms: [...addresses, ...(spec?.nodeName ? [spec.nodeName] : []), ...termsOf(spec)],
      facts: {
        status: told.status,
        phase: status?.phase ?? null,
        ready: `${told.ready}/${told.containers}`,
        readyCount: told.ready,
        restarts: told.restarts,
        lastRestartAt: told.lastRestartAt,
        exitCode: last?.['exitCode'] ?? null,
        node: spec?.nodeName ?? null,
        addresses,
        hostIP: status?.hostIP ?? null,
        nominatedNode: status?.nominatedNodeName ?? null,
        readinessGates: gates,
        owner: owner?.name ?? null,
        ownerKind: owner ? kindOfManifest(owner.apiVersion, owner.kind) : null,
        qos: status?.qosClass ?? null,
        serviceAccount: spec?.serviceAccountName ?? null,
        priorityClass: spec?.priorityClassName ?? null,
        containers: namesOf(spec),
        containerStates,
        ...resourceFacts(spec),
      },
    }
  },
})
