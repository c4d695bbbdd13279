import type { Change } from '#lib/model/change.ts'
import { isProblem, type Health } from '#lib/model/health.ts'
import { nameOf } from '#lib/model/reference.ts'
import type { Reference } from '#lib/model/resource.ts'

/** A problem that goes on: it began at the change of this index and reaches up to now. */
export interface Span {
  index: number
  health: Health
  /** Which of the lines side by side; 0 is the oldest. */
  lane: number
}

const mostLanes = 6

/** Which of the changes began something that is still going on. Changes come newest first. */
export function spansOf(changes: readonly Change[], problems: readonly Reference[]): Span[] {
  const open = new Set(problems.map(nameOf))
  const begun: Omit<Span, 'lane'>[] = []
  changes.forEach((change, index) => {
    if (change.type !== 'change' || !change.to || !isProblem(change.to) || !open.delete(nameOf(change))) return
    begun.push({ index, health: change.to })
  })
  return begun
    .slice(0, mostLanes)
    .toReversed()
    .map((span, lane) => ({ ...span, lane }))
}
