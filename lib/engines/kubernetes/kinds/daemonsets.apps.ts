import type { V1DaemonSet } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics, restart, setImage } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { selectorText } from '../values.ts'
import { describeTemplate, templateColumns } from './pod-template.ts'
import { isObserved, judgeReplicas, replicaColumns, replicaFacts, rollingOut, type Replicas } from './replicas.ts'

export const daemonsets = kubernetesKind<Json<V1DaemonSet>>({
  name: 'daemonsets.apps',
  versions: ['v1'],
  manifestKind: 'DaemonSet',
  category: 'workload',
  singular: 'daemonset',
  plural: 'daemonsets',
  icon: 'layers',
  columns: [
    health,
    name,
    namespace,
    ...replicaColumns,
    column('updated', 'number', { hidden: true }),
    column('nodeSelector', 'text'),
    column('images', 'images', { facet: true }),
    createdAt,
    column('misscheduled', 'number', { hidden: true }),
    column('strategy', 'text', { facet: true, hidden: true }),
    column('selector', 'text', { hidden: true }),
    ...templateColumns,
  ],
  keyFacts: ['ready', 'updated', 'misscheduled', 'nodeSelector', 'strategy', 'memoryLimit'],
  tabs: ['overview', 'logs', 'events', 'yaml'],
  streams: ['logs'],
  actions: { restart: restart(), setImage: setImage(), ...basics() },
  summarise: (daemonset) => {
    const { metadata, spec, status } = daemonset
    const template = describeTemplate(spec?.template, metadata.namespace)
    const replicas: Replicas = {
      desired: status?.desiredNumberScheduled ?? 0,
      current: status?.currentNumberScheduled ?? 0,
      ready: status?.numberReady ?? 0,
      available: status?.numberAvailable ?? 0,
      updated: status?.updatedNumberScheduled ?? 0,
    }
    return {
      ...judge(daemonset, replicas),
      ...template,
      facts: {
        ...template.facts,
        ...replicaFacts(replicas),
        updated: replicas.updated,
        misscheduled: status?.numberMisscheduled ?? 0,
        nodeSelector: selectorText({ matchLabels: spec?.template?.spec?.nodeSelector ?? {} }),
        strategy: spec?.updateStrategy?.type ?? 'RollingUpdate',
        selector: selectorText(spec?.selector),
      },
    }
  },
})

function judge({ metadata, spec, status }: Stored<Json<V1DaemonSet>>, replicas: Replicas): Pick<Verdict, 'health' | 'state' | 'reason'> {
  const observed = isObserved(metadata.generation, status?.observedGeneration)
  if (!observed) return { health: 'moving', state: { code: 'starting' } }
  if (replicas.desired === 0 && replicas.current === 0)
    return { health: 'stopped', state: { code: 'stopped' }, reason: { code: 'no-node-matches' } }
  const verdict = judgeReplicas(replicas, observed)
  const old = Math.max(0, replicas.current - replicas.updated)
  if (old === 0) return verdict
  if (spec?.updateStrategy?.type !== 'OnDelete') return rollingOut(replicas)
  return verdict.health === 'healthy' ? { ...verdict, reason: { code: 'old-until-deleted', params: { old } } } : verdict
}
