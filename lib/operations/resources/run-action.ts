import { z } from 'zod'
import { knownActivity, startActivity } from '../../access/index.ts'
import { Activity } from '../../model/activity.ts'
import { log } from '../../log.ts'
import { IdempotencyKey, ResourcePlace, Why } from '../inputs.ts'
import { operation } from '../operation.ts'
import { activityOf, carryOut, load, prepare } from './act.ts'
import { findTarget } from './target.ts'

/** So long an answer waits for the outcome; after it the activity is answered as it runs. */
const waitMs = 1_000

const Input = ResourcePlace.extend({
  action: z.string().max(100),
  input: z.record(z.string(), z.unknown()).nullish().meta({ description: "What the action's own JSON Schema asks for (GET /api/kinds)" }),
  why: Why,
  uid: z.string().min(1).max(500).meta({ description: 'Of the life that was seen: another one under the same key is a conflict' }),
  idempotencyKey: IdempotencyKey,
})

/** The activity as it is after `ms`: ended, or as it was begun. Takes the work's failure for whoever waits no longer. */
async function within(ms: number, work: Promise<Activity>, begun: Activity): Promise<Activity> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Activity>((resolve) => (timer = setTimeout(() => resolve(begun), ms)))
  work.catch((error: unknown) => log().error({ err: error, activity: begun.id }, 'the outcome of an activity could not be written'))
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

export const runAction = operation({
  name: 'resources.runAction',
  summary: 'Does something to one resource: answers its activity, with the outcome when it ends within a second',
  requires: 'viewer',
  input: Input,
  output: Activity,
  changes: true,
  async run({ actor, requestId }, input) {
    const deed = prepare(actor, await findTarget(actor, input), input)
    const wanted = { ...activityOf(deed), idempotencyKey: input.idempotencyKey, requestId }
    // A repeated wish is answered before the engine is asked: what was done may well be blocked now.
    const known = await knownActivity(actor, wanted)
    if (known) return known
    const { connection } = await load(deed)
    const { activity, fresh } = await startActivity(actor, wanted)
    return fresh ? within(waitMs, carryOut(deed, activity.id, connection), activity) : activity
  },
})
