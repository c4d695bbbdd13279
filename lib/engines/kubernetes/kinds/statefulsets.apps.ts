import type { V1StatefulSet } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics, restart, scale, setImage } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, relation, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { bounded, distinct, selectorText } from '../values.ts'
import { describeTemplate, templateColumns } from './pod-template.ts'
import { isObserved, judgeReplicas, replicaColumns, replicaFacts, rollingOut, type Replicas } from './replicas.ts'

export const statefulsets = kubernetesKind<Json<V1StatefulSet>>({
  name: 'statefulsets.apps',
  versions: ['v1'],
  manifestKind: 'StatefulSet',
  category: 'workload',
  singular: 'statefulset',
  plural: 'statefulsets',
  icon: 'layers',
  columns: [
    health,
    name,
    namespace,
    ...replicaColumns,
    column('updated', 'number', { hidden: true }),
    column('images', 'images', { facet: true }),
    createdAt,
    column('strategy', 'text', { facet: true, hidden: true }),
    column('service', 'text', { hidden: true }),
    column('volumes', 'list', { hidden: true }),
    column('selector', 'text', { hidden: true }),
    ...templateColumns,
  ],
  keyFacts: ['ready', 'updated', 'service', 'volumes', 'strategy', 'memoryLimit'],
  tabs: ['overview', 'logs', 'events', 'yaml'],
  streams: ['logs'],
  actions: { scale: scale(), restart: restart(), setImage: setImage(), ...basics() },
  summarise: (statefulset) => {
    const { metadata, spec, status } = statefulset
    const template = describeTemplate(spec?.template, metadata.namespace)
    const ready = status?.readyReplicas ?? 0
    const replicas: Replicas = {
      desired: spec?.replicas ?? 1,
      current: status?.replicas ?? 0,
      ready,
      available: status?.availableReplicas ?? ready,
      updated: status?.updatedReplicas ?? 0,
    }
    return {
      ...judge(statefulset, replicas),
      ...template,
      relations: [
        ...(spec?.serviceName ? [relation('service', 'services', spec.serviceName, metadata.namespace)] : []),
        ...template.relations,
      ],
      facts: {
        ...template.facts,
        ...replicaFacts(replicas),
        updated: replicas.updated,
        strategy: spec?.updateStrategy?.type ?? 'RollingUpdate',
        service: spec?.serviceName || null,
        volumes: bounded(distinct((spec?.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name))),
        selector: selectorText(spec?.selector),
      },
    }
  },
})

function judge({ metadata, spec, status }: Stored<Json<V1StatefulSet>>, replicas: Replicas): Pick<Verdict, 'health' | 'state' | 'reason'> {
  const verdict = judgeReplicas(replicas, isObserved(metadata.generation, status?.observedGeneration))
  if (replicas.desired === 0 || !status?.updateRevision || status.updateRevision === status.currentRevision) return verdict
  const old = Math.max(0, replicas.current - replicas.updated)
  // They stay old until somebody deletes them.
  if (spec?.updateStrategy?.type === 'OnDelete')
    return verdict.health === 'healthy' && old > 0 ? { ...verdict, reason: { code: 'old-until-deleted', params: { old } } } : verdict
  const kept = spec?.updateStrategy?.rollingUpdate?.partition ?? 0
  return replicas.updated < replicas.desired - kept ? rollingOut(replicas) : verdict
}
