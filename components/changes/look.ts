import type { Outcome } from '#lib/model/activity.ts'
import type { Change } from '#lib/model/change.ts'
import type { Health } from '#lib/model/health.ts'
import type { Reference } from '#lib/model/resource.ts'
import { healthOfSeverity } from '#components/resources/values/read.ts'

export const healthOfOutcome: Record<Outcome, Health> = {
  running: 'moving',
  succeeded: 'completed',
  failed: 'failing',
  interrupted: 'unknown',
}

/** The glyph that a change is drawn with. */
export function healthOfChange(change: Change): Health {
  if (change.type === 'activity') return healthOfOutcome[change.activity.outcome]
  if (change.type === 'event') return healthOfSeverity[change.severity]
  if (change.change === 'removed') return 'stopped'
  return change.to ?? 'unknown'
}

/** What a change is about, when that is a resource. */
export function subjectOf(change: Change): (Reference & { name: string }) | null {
  if (change.type !== 'activity') return change
  const { environment, kind, key, name } = change.activity
  return environment !== null && kind !== null && key !== null ? { environment, kind, key, name: name ?? key } : null
}

/** The environment a change belongs to; null for what concerns people and sessions. */
export const environmentOf = (change: Change): string | null =>
  change.type === 'activity' ? change.activity.environment : change.environment
