import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { toActivity } from '../../access/activities.ts'
import { prisma, type Prisma } from '../../database/index.ts'
import { AppError } from '../../errors/index.ts'
import { Activity } from '../../model/activity.ts'
import { visibleActivities } from '../changes/activities.ts'
import { operation } from '../operation.ts'

export const readActivity = operation({
  name: 'activities.read',
  summary: 'One thing that was done: its progress, output and outcome',
  requires: 'signed-in',
  input: z.object({ id: z.uuid() }),
  output: Activity,
  changes: false,
  async run({ actor }, { id }) {
    // One's own can be followed to its end even when the right to see the resource is gone meanwhile. Asked separately:
    // what is visible to all of the fleet is `{}`, which Prisma leaves out of an OR.
    const found = (where: Prisma.ActivityWhereInput) => prisma().activity.findFirst({ where: { AND: [{ id }, where] } })
    const row = (await found(visibleActivities(actor, scopeOf(actor, 'viewer')))) ?? (await found({ userId: actor.userId }))
    if (!row)
      throw new AppError('not_found', 'There is no such activity, or you may not know of it.', { reason: { code: 'activity_gone' } })
    return toActivity(row)
  },
})
