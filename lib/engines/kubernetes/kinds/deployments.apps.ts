import type { V1Deployment } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics, pause, restart, scale, setImage, unpause } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { selectorText } from '../values.ts'
import { conditionOf, isFalse, sinceOf, wordsOf } from './conditions.ts'
import { describeTemplate, templateColumns } from './pod-template.ts'
import { atZero, isObserved, refused, replicaColumns, replicaFacts, rollingOut, settled, type Replicas } from './replicas.ts'

type Deployment = Stored<Json<V1Deployment>>

export const deployments = kubernetesKind<Json<V1Deployment>>({
  name: 'deployments.apps',
  versions: ['v1'],
  manifestKind: 'Deployment',
  category: 'workload',
  singular: 'deployment',
  plural: 'deployments',
  icon: 'layers',
  columns: [
    health,
    name,
    namespace,
    ...replicaColumns,
    column('updated', 'number'),
    column('images', 'images', { facet: true }),
    column('since', 'instant'),
    createdAt,
    column('strategy', 'text', { facet: true, hidden: true }),
    column('paused', 'boolean', { facet: true, hidden: true }),
    column('selector', 'text', { hidden: true }),
    ...templateColumns,
  ],
  keyFacts: ['ready', 'updated', 'available', 'strategy', 'paused', 'memoryLimit'],
  tabs: ['overview', 'logs', 'events', 'yaml'],
  streams: ['logs'],
  actions: {
    scale: scale(),
    restart: restart(),
    setImage: setImage(),
    pause: pause(),
    unpause: unpause(),
    ...basics(),
  },
  summarise: (deployment) => {
    const { metadata, spec, status } = deployment
    const template = describeTemplate(spec?.template, metadata.namespace)
    const replicas: Replicas = {
      desired: spec?.replicas ?? 1,
      current: status?.replicas ?? 0,
      ready: status?.readyReplicas ?? 0,
      available: status?.availableReplicas ?? 0,
      updated: status?.updatedReplicas ?? 0,
    }
    return {
      ...judge(deployment, replicas),
      ...template,
      facts: {
        ...template.facts,
        ...replicaFacts(replicas),
        updated: replicas.updated,
        strategy: spec?.strategy?.type ?? 'RollingUpdate',
        paused: spec?.paused ?? false,
        selector: selectorText(spec?.selector),
      },
    }
  },
})

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status */
function judge({ metadata, spec, status }: Deployment, replicas: Replicas): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const { desired, current, available, updated } = replicas
  const progressing = conditionOf(status?.conditions, 'Progressing')
  const availability = conditionOf(status?.conditions, 'Available')
  const held = refused(conditionOf(status?.conditions, 'ReplicaFailure'), replicas)
  if (held) return held
  if (isFalse(progressing) && progressing?.reason === 'ProgressDeadlineExceeded')
    return {
      health: 'failing',
      state: { code: 'rollout-stuck' },
      reason: {
        code: 'no-progress',
        params: { seconds: spec?.progressDeadlineSeconds ?? 600, available, desired },
        words: wordsOf(progressing.message),
      },
      since: sinceOf(progressing),
    }
  if (desired === 0) return atZero(replicas)
  const done = progressing?.reason === 'NewReplicaSetAvailable'
  const observed = isObserved(metadata.generation, status?.observedGeneration)
  if (spec?.paused)
    return { health: settled(replicas).health, state: { code: 'paused' }, reason: { code: 'rollout-held' }, since: sinceOf(progressing) }
  if (!observed || updated < desired || current > updated || (available < updated && !done)) return rollingOut(replicas)
  const verdict = settled(replicas)
  if (available === 0) return { ...verdict, health: 'failing', state: { code: 'not-ready' }, since: sinceOf(availability) }
  return { ...verdict, since: available < desired && !isFalse(availability) ? null : sinceOf(availability) }
}
