import type { V1PodDisruptionBudget } from '@kubernetes/client-node'
import { column } from '../../define.ts'
import { basics } from '../actions.ts'
import { createdAt, health, name, namespace } from '../columns.ts'
import { kubernetesKind, type Verdict } from '../kind.ts'
import type { Json, Stored } from '../object.ts'
import { selectorText } from '../values.ts'
import { conditionOf, isFalse, sinceOf, wordsOf } from './conditions.ts'

export const poddisruptionbudgets = kubernetesKind<Json<V1PodDisruptionBudget>>({
  name: 'poddisruptionbudgets.policy',
  versions: ['v1'],
  manifestKind: 'PodDisruptionBudget',
  category: 'config',
  singular: 'pod disruption budget',
  plural: 'pod disruption budgets',
  icon: 'key-round',
  columns: [
    health,
    name,
    namespace,
    column('minAvailable', 'text'),
    column('maxUnavailable', 'text'),
    column('allowedDisruptions', 'number'),
    column('available', 'number'),
    column('desired', 'number'),
    createdAt,
    column('covered', 'number', { hidden: true }),
    column('selector', 'text', { hidden: true }),
  ],
  keyFacts: ['minAvailable', 'maxUnavailable', 'allowedDisruptions', 'available', 'desired', 'covered', 'selector'],
  actions: basics(),
  summarise: (budget) => {
    const { spec, status } = budget
    const { minAvailable, maxUnavailable } = spec ?? {}
    return {
      ...judge(budget),
      facts: {
        // A number or a share of them: `2`, `50%`.
        minAvailable: minAvailable === undefined ? null : String(minAvailable),
        maxUnavailable: maxUnavailable === undefined ? null : String(maxUnavailable),
        allowedDisruptions: status?.disruptionsAllowed ?? 0,
        available: status?.currentHealthy ?? 0,
        desired: status?.desiredHealthy ?? 0,
        covered: status?.expectedPods ?? 0,
        selector: selectorText(spec?.selector),
      },
    }
  },
})

function judge({ status }: Stored<Json<V1PodDisruptionBudget>>): Pick<Verdict, 'health' | 'state' | 'reason' | 'since'> {
  const { disruptionsAllowed = 0, currentHealthy: available = 0, desiredHealthy: desired = 0, expectedPods = 0 } = status ?? {}
  const allowed = conditionOf(status?.conditions, 'DisruptionAllowed')
  const since = sinceOf(allowed)
  if (isFalse(allowed) && allowed?.reason === 'SyncFailed')
    return { health: 'failing', state: { code: 'failed' }, reason: { code: 'budget-not-counted', words: wordsOf(allowed.message) }, since }
  if (expectedPods === 0) return { health: 'healthy', state: { code: 'unused' }, reason: { code: 'selects-no-pods' }, since: null }
  if (available < desired)
    return { health: 'degraded', state: { code: 'degraded' }, reason: { code: 'fewer-available', params: { available, desired } }, since }
  return disruptionsAllowed > 0
    ? { health: 'healthy', state: { code: 'healthy' }, since }
    : { health: 'healthy', state: { code: 'at-limit' }, reason: { code: 'allows-no-eviction' }, since }
}
