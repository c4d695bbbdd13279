import type { Actor } from '../../access/index.ts'
import { scopeOf } from '../../access/index.ts'
import { prisma } from '../../database/index.ts'
import type { Cause, Change } from '../../model/change.ts'
import type { TimelineEntry } from '../../model/inventory.ts'
import { visibleActivities } from './activities.ts'

/** What an activity set off may be seen a little after its end: events are gathered, read again and written in batches. */
const aftermathMs = 5_000

/** An activity on a resource; `finishedAt` is null while it runs. */
export interface Deed extends Cause {
  environmentId: number | null
  kind: string | null
  key: string | null
  startedAt: Date
  finishedAt: Date | null
}

const lasts = ({ startedAt, finishedAt }: Deed, at: number) =>
  startedAt.getTime() <= at && (finishedAt === null || at <= finishedAt.getTime() + aftermathMs)

const isEntry = (change: Change): change is TimelineEntry => change.type !== 'activity'

const placeOf = (environment: string | number | null, kind: string | null, key: string | null) =>
  JSON.stringify([String(environment), kind, key])

/**
 * Says of each event and each change of a resource after which activity on that same resource it came: the youngest
 * that had begun and had not ended long before. "After", not "because of": nobody can know that. Pure.
 */
export function nameCauses(changes: readonly Change[], deeds: readonly Deed[]): Change[] {
  const byPlace = Map.groupBy(deeds, ({ environmentId, kind, key }) => placeOf(environmentId, kind, key))
  return changes.map((change) => {
    if (!isEntry(change)) return change
    const at = Date.parse(change.at)
    const cause = byPlace
      .get(placeOf(change.environment, change.kind, change.key))
      ?.filter((deed) => lasts(deed, at))
      .toSorted((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
      .at(0)
    return cause ? { ...change, after: { id: cause.id, verb: cause.verb, userName: cause.userName } } : change
  })
}

/** Reads what was done to the resources of these changes about then, as far as the actor may see it, and names it. */
export async function withCauses(actor: Actor, changes: readonly Change[]): Promise<Change[]> {
  const entries = changes.filter(isEntry)
  if (!entries.length) return [...changes]
  const instants = entries.map(({ at }) => Date.parse(at))
  const oneOf = <T>(values: T[]) => ({ in: [...new Set(values)] })
  const deeds = await prisma().activity.findMany({
    select: { id: true, verb: true, userName: true, environmentId: true, kind: true, key: true, startedAt: true, finishedAt: true },
    where: {
      AND: [
        visibleActivities(actor, scopeOf(actor, 'viewer')),
        {
          environmentId: oneOf(entries.map(({ environment }) => Number(environment))),
          kind: oneOf(entries.map(({ kind }) => kind)),
          key: oneOf(entries.map(({ key }) => key)),
          startedAt: { lte: new Date(Math.max(...instants)) },
        },
        { OR: [{ finishedAt: null }, { finishedAt: { gte: new Date(Math.min(...instants) - aftermathMs) } }] },
      ],
    },
  })
  return nameCauses(changes, deeds)
}
