import type { V1ReplicaSet } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics, scale } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind } from '../kind.ts'
import type { Json } from '../object.ts'
import { selectorText } from '../values.ts'
import { conditionOf } from './conditions.ts'
import { describeTemplate, templateColumns } from './pod-template.ts'
import { isObserved, judgeReplicas, replicaColumns, replicaFacts, type Replicas } from './replicas.ts'

/** Under this name a deployment counts its templates. */
const revision = 'deployment.kubernetes.io/revision'

export const replicasets = kubernetesKind<Json<V1ReplicaSet>>({
  name: 'replicasets.apps',
  versions: ['v1'],
  manifestKind: 'ReplicaSet',
  category: 'workload',
  singular: 'replicaset',
  plural: 'replicasets',
  icon: 'layers',
  columns: [
    health,
    name,
    namespace,
    ...replicaColumns,
    column('owner', 'text', { facet: true }),
    column('revision', 'number'),
    column('images', 'images', { facet: true }),
    createdAt,
    column('selector', 'text', { hidden: true }),
    ...templateColumns,
  ],
  keyFacts: ['ready', 'available', 'owner', 'revision', 'memoryLimit'],
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
    const number = Number(metadata.annotations?.[revision] ?? Number.NaN)
    return {
      ...judgeReplicas(
        replicas,
        isObserved(metadata.generation, status?.observedGeneration),
        conditionOf(status?.conditions, 'ReplicaFailure'),
      ),
      ...template,
      facts: {
        ...template.facts,
        ...replicaFacts(replicas),
        owner: metadata.ownerReferences?.find((reference) => reference.controller)?.name ?? null,
        revision: Number.isInteger(number) ? number : null,
        selector: selectorText(spec?.selector),
      },
    }
  },
})
