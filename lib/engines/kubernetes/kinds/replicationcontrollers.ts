import type { V1ReplicationController } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics, scale } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { selectorText } from '../values.ts'
import { conditionOf } from './conditions.ts'
import { describeTemplate, templateColumns } from './pod-template.ts'
import { isObserved, judgeReplicas, replicaColumns, replicaFacts, type Replicas } from './replicas.ts'

export const replicationcontrollers = kubernetesKind<Json<V1ReplicationController>>({
  name: 'replicationcontrollers',
  versions: ['v1'],
  manifestKind: 'ReplicationController',
  category: 'workload',
  singular: 'replication controller',
  plural: 'replication controllers',
  icon: 'layers',
  columns: [
    health,
    name,
    namespace,
    ...replicaColumns,
    column('images', 'images', { facet: true }),
    createdAt,
    column('selector', 'text', { hidden: true }),
    ...templateColumns,
  ],
  keyFacts: ['ready', 'available', 'selector', 'memoryLimit'],
  tabs: ['overview', 'logs', 'events', 'yaml'],
  streams: ['logs'],
  actions: { scale: scale(), ...basics() },
  summarise: ({ metadata, spec, status }) => {
    const template = describeTemplate(spec?.template, metadata.namespace)
    const current = status?.replicas ?? 0
    const replicas: Replicas = {
      desired: spec?.replicas ?? 1,
      current,
      ready: status?.readyReplicas ?? 0,
      available: status?.availableReplicas ?? 0,
      updated: current,
    }
    return {
      ...judgeReplicas(
        replicas,
        isObserved(metadata.generation, status?.observedGeneration),
        conditionOf(status?.conditions, 'ReplicaFailure'),
      ),
      ...template,
      facts: { ...template.facts, ...replicaFacts(replicas), selector: selectorText({ matchLabels: spec?.selector ?? {} }) },
    }
  },
})
