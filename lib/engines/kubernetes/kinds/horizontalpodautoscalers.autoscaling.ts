import type { V2HorizontalPodAutoscaler, V2MetricSpec, V2MetricStatus, V2MetricTarget, V2MetricValueStatus } from '@kubernetes/client-node'
import { instantOf } from '../../common/instants.ts'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { keyOf, kindOfManifest, kubernetesKind, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { bounded } from '../values.ts'
import { conditionOf, isFalse, isTrue, sinceOf, wordsOf } from './conditions.ts'

type Autoscaler = Stored<Json<V2HorizontalPodAutoscaler>>

export const horizontalpodautoscalers = kubernetesKind<Json<V2HorizontalPodAutoscaler>>({
  name: 'horizontalpodautoscalers.autoscaling',
  versions: ['v2'],
  manifestKind: 'HorizontalPodAutoscaler',
  category: 'config',
  singular: 'horizontal pod autoscaler',
  plural: 'horizontal pod autoscalers',
  icon: 'sliders-horizontal',
  columns: [
    health,
    name,
    namespace,
    column('target', 'text', { facet: true }),
    column('metrics', 'list'),
    column('minReplicas', 'number'),
    column('maxReplicas', 'number'),
    column('current', 'number'),
    column('desired', 'number'),
    createdAt,
    column('lastScaleAt', 'instant', { hidden: true }),
  ],
  keyFacts: ['target', 'metrics', 'minReplicas', 'maxReplicas', 'current', 'desired', 'lastScaleAt'],
  actions: basics(),
  summarise: (autoscaler) => {
    const { metadata, spec, status } = autoscaler
    const target = spec?.scaleTargetRef
    const kind = target && kindOfManifest(target.apiVersion ?? '', target.kind)
    return {
      ...judge(autoscaler),
      relations: target && kind ? [{ as: 'target', kind, key: keyOf({ ...metadata, name: target.name }), name: target.name }] : [],
      facts: {
        target: target ? `${target.kind}/${target.name}` : null,
        metrics: bounded((spec?.metrics ?? []).map((metric, index) => textOf(metric, status?.currentMetrics?.[index]))),
        minReplicas: spec?.minReplicas ?? 1,
        maxReplicas: spec?.maxReplicas ?? null,
        current: status?.currentReplicas ?? 0,
        desired: status?.desiredReplicas ?? 0,
        lastScaleAt: instantOf(status?.lastScaleTime ?? ''),
      },
    }
  },
})

interface Metric {
  target?: Json<V2MetricTarget>
  current?: Json<V2MetricValueStatus>
  name?: string
  metric?: { name: string }
}

/** As kubectl writes it: `cpu: 12%/80%`, what is and what should be. */
function textOf(spec: Json<V2MetricSpec>, status: Json<V2MetricStatus> | undefined): string {
  const of = (from: Json<V2MetricSpec> | Json<V2MetricStatus> | undefined): Metric | undefined =>
    from?.resource ?? from?.containerResource ?? from?.pods ?? from?.object ?? from?.external
  const wanted = of(spec)
  const name = wanted?.name ?? wanted?.metric?.name ?? spec.type
  const { averageUtilization, averageValue, value } = wanted?.target ?? {}
  const current = of(status)?.current
  const percent = (share: number | undefined) => (share === undefined ? '?' : `${share}%`)
  if (averageUtilization !== undefined) return `${name}: ${percent(current?.averageUtilization)}/${percent(averageUtilization)}`
  return averageValue === undefined
    ? `${name}: ${current?.value ?? '?'}/${value ?? '?'}`
    : `${name}: ${current?.averageValue ?? '?'}/${averageValue}`
}

function judge({ status }: Autoscaler): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const able = conditionOf(status?.conditions, 'AbleToScale')
  const active = conditionOf(status?.conditions, 'ScalingActive')
  const limited = conditionOf(status?.conditions, 'ScalingLimited')
  // Somebody scaled its target to 0.
  if (isFalse(active) && active?.reason === 'ScalingDisabled')
    return { health: 'stopped', state: { code: 'scaled-to-zero' }, since: sinceOf(active) }
  const cannot = [able, active].find((condition) => isFalse(condition))
  if (cannot)
    return {
      health: 'failing',
      state: { code: 'failed' },
      reason: { code: 'cannot-scale', words: wordsOf(cannot.message) },
      since: sinceOf(cannot),
    }
  if (isTrue(limited) && limited?.reason === 'TooManyReplicas')
    return { health: 'degraded', state: { code: 'at-limit' }, reason: { code: 'at-most-replicas' }, since: sinceOf(limited) }
  if (status && (status.currentReplicas ?? 0) !== status.desiredReplicas) return { health: 'moving', state: { code: 'scaling' } }
  return { health: 'healthy', state: { code: 'active' }, since: sinceOf(active) }
}
