import { setTimeout as sleep } from 'node:timers/promises'
import { isAppError } from '../errors/index.ts'
import { log } from '../log.ts'
import type { Activity } from '../model/activity.ts'
import { finishActivity, startActivities, type ActivityEnd, type Doer, type NewActivity } from './activities.ts'

const retryMs = [100, 250, 500, 1_000, 2_000, 5_000]
/** An outage that lasts longer is one that people repair by hand; what ran into it stays `interrupted`. */
const giveUpAfterMs = 3_600_000

const isOutage = (error: unknown): boolean => isAppError(error) && error.code === 'unavailable'

/**
 * Writes down how it ended, and tries again for as long as our database is away: what an engine did must not be told as
 * interrupted. For an hour at the most; as many wait as ran when the outage began, for nothing begins in it. Throws what
 * is no outage, and `unavailable` after that hour.
 */
export async function settleActivity(id: string, end: ActivityEnd): Promise<Activity> {
  const endedAt = performance.now()
  for (let attempt = 0; ; attempt++) {
    const agoMs = performance.now() - endedAt
    try {
      return await finishActivity(id, end, agoMs)
    } catch (error) {
      if (!isOutage(error) || agoMs > giveUpAfterMs) throw error
      if (attempt === 0) log().warn({ activity: id }, 'the outcome of an activity waits for the database')
      await sleep(retryMs[Math.min(attempt, retryMs.length - 1)])
    }
  }
}

/** The same for who has an answer to give: in an outage he does not wait for it. */
async function settleMeanwhile(id: string, end: ActivityEnd): Promise<void> {
  try {
    await finishActivity(id, end)
  } catch (error) {
    if (!isOutage(error)) throw error
    settleActivity(id, end).catch((lost: unknown) =>
      log().error({ err: lost, activity: id }, 'the outcome of an activity could not be written'),
    )
  }
}

/** Writes down things that are done at once and together, with their outcome, and does them: activities around `act`. */
export async function recordActivities<T>(actor: Doer, wishes: readonly NewActivity[], act: () => Promise<T>): Promise<T> {
  const started = await startActivities(actor, wishes)
  const settle = (end: ActivityEnd) => Promise.all(started.map(({ activity }) => settleMeanwhile(activity.id, end)))
  let result: T
  try {
    result = await act()
  } catch (failure) {
    await settle({ failure })
    throw failure
  }
  await settle({})
  return result
}

/** The same for one thing. */
export const recordActivity = <T>(actor: Doer, wanted: NewActivity, act: () => Promise<T>): Promise<T> =>
  recordActivities(actor, [wanted], act)
