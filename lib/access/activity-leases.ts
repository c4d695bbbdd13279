import { databaseNow, prisma } from '../database/index.ts'
import { activityLeaseMs, tellOf } from './activities.ts'

/** Says that these are still running. */
export async function renewActivities(ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  const leaseUntil = new Date((await databaseNow()).getTime() + activityLeaseMs())
  await prisma().activity.updateMany({ where: { id: { in: [...ids] }, outcome: 'running' }, data: { leaseUntil } })
}

/** Marks what nobody runs any more as interrupted; any process may do it. Answers how many. */
export async function interruptExpired(): Promise<number> {
  const now = await databaseNow()
  const reason = { code: 'process_ended' }
  const rows = await prisma().activity.updateManyAndReturn({
    where: { outcome: 'running', leaseUntil: { lt: now } },
    data: {
      outcome: 'interrupted',
      finishedAt: now,
      leaseUntil: null,
      error: { code: 'internal', message: 'The process that ran it ended; what came of it is not known.', reason },
    },
  })
  for (const environmentId of new Set(rows.map((row) => row.environmentId))) await tellOf({ environmentId })
  return rows.length
}
