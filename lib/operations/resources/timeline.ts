import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { toActivity } from '../../access/activities.ts'
import { prisma } from '../../database/index.ts'
import { listTimeline } from '../../inventory/index.ts'
import { Change, ChangesHead, ChangesQuery } from '../../model/change.ts'
import type { LiveList } from '../../model/live.ts'
import { wantedActivities, visibleActivities } from '../changes/activities.ts'
import { mergePage, parseCursor } from '../changes/merge.ts'
import { findEnvironment } from '../environments/rows.ts'
import { ResourcePlace } from '../inputs.ts'
import { operation } from '../operation.ts'
import { kindIn } from './target.ts'

const Input = ResourcePlace.extend(ChangesQuery.pick({ text: true, since: true, until: true, before: true, limit: true }).shape)

/** Outlives the resource: what happened to a name is told after the thing is gone, to who may see such things there. */
export const readTimeline = operation({
  name: 'resources.timeline',
  summary: 'What happened to one resource: events of its engine, changes of its health, and what people did',
  requires: 'viewer',
  input: Input,
  output: z.object({ rows: z.array(Change), head: ChangesHead }),
  changes: false,
  wakes: ({ environment }) => [
    { topic: 'activities', environment },
    { topic: 'rows', environment },
    { topic: 'events', environment },
  ],
  async run({ actor }, { kind: kindName, ...input }): Promise<LiveList<Change, ChangesHead>> {
    const startedAt = performance.now()
    const kind = kindIn(await findEnvironment(actor, input.environment), kindName).name
    const scope = scopeOf(actor, 'viewer')
    const from = parseCursor(input.before)
    const wanted = wantedActivities(ChangesQuery.parse({ ...input, kind }))
    const [activities, timeline] = await Promise.all([
      prisma().activity.findMany({
        where: { AND: [visibleActivities(actor, scope), wanted, from.activities ? { id: { lt: from.activities } } : {}] },
        orderBy: { id: 'desc' },
        take: input.limit + 1,
      }),
      listTimeline({ ...input, kind, before: from.timeline ?? undefined, limit: input.limit + 1 }, scope),
    ])
    const done = activities.map((row): Change => ({
      type: 'activity',
      id: row.id,
      at: row.startedAt.toISOString(),
      activity: toActivity(row),
    }))
    const { rows, next } = mergePage(done, timeline, input.limit, from)
    return { rows, head: { next, tookMs: Math.round(performance.now() - startedAt) } }
  },
})
