import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { toActivity } from '../../access/activities.ts'
import { prisma } from '../../database/index.ts'
import { Activity } from '../../model/activity.ts'
import { ChangesHead, ChangesQuery } from '../../model/change.ts'
import type { LiveList } from '../../model/live.ts'
import { visibleActivities, wantedActivities } from '../changes/activities.ts'
import { operation } from '../operation.ts'

const Input = ChangesQuery.omit({ source: true }).extend({
  /** `resource.stop`. */
  verb: z.string().max(100).optional(),
  user: z.uuid().optional(),
  /** The id of the last one of the page before. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

export const listActivities = operation({
  name: 'activities.list',
  summary: 'What was done and is being done, newest first: the audit log, as far as its resources may be seen',
  requires: 'viewer',
  input: Input,
  output: z.object({ rows: z.array(Activity), head: ChangesHead }),
  changes: false,
  wakes: ({ environment }) => [{ topic: 'activities', environment }],
  // As in changes.list.
  personal: true,
  async run({ actor }, { verb, user, before, ...query }): Promise<LiveList<Activity, ChangesHead>> {
    const startedAt = performance.now()
    const found = await prisma().activity.findMany({
      // Ids are made in order of time (UUID version 7), so that the id alone is the place in the list.
      where: {
        AND: [
          visibleActivities(actor, scopeOf(actor, 'viewer')),
          wantedActivities(query),
          { verb, userId: user, id: before && { lt: before } },
        ],
      },
      orderBy: { id: 'desc' },
      take: query.limit + 1,
    })
    const rows = found.slice(0, query.limit).map(toActivity)
    const next = found.length > query.limit ? (rows.at(-1)?.id ?? null) : null
    return { rows, head: { next, tookMs: Math.round(performance.now() - startedAt) } }
  },
})
