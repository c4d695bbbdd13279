import { randomUUID } from 'node:crypto'
import PQueue from 'p-queue'
import { z } from 'zod'
import { settleActivity, startActivities, type Actor, type NewActivity } from '../../access/index.ts'
import { prisma } from '../../database/index.ts'
import type { EnvironmentModel } from '../../database/generated/models/Environment.ts'
import { kindOf } from '../../engines/index.ts'
import { AppError, isAppError } from '../../errors/index.ts'
import { log } from '../../log.ts'
import { once } from '../../once.ts'
import { findEnvironment } from '../environments/rows.ts'
import { IdempotencyKey, Why } from '../inputs.ts'
import { operation } from '../operation.ts'
import { checkRequirement, parseInput } from '../perform.ts'
import { whileRunning } from '../running.ts'
import { activityOf, carryOut, load, prepare, type Deed } from './act.ts'
import { batchOf, freeze, rowKeyOf, Selection, type Selected } from './selection.ts'
import { actionOf, findTarget } from './target.ts'

/** So many engines' actions of selections run at once in one process. */
const concurrency = 8
const queue = () => once('operations.actions', () => new PQueue({ concurrency }))

const Input = z
  .object({
    action: z.string().max(100),
    input: z.record(z.string(), z.unknown()).nullish(),
    why: Why,
    idempotencyKey: IdempotencyKey,
  })
  .and(Selection)
type Input = z.output<typeof Input>

type Given = Pick<Input, 'action' | 'input' | 'why'>

/** What is to be done to one row, or why it is not; a row of its own in the result either way. */
interface Step {
  wanted: NewActivity
  deed: Deed | null
  failure: unknown
}

async function stepFor(
  actor: Actor,
  input: Given,
  one: Selected,
  environment: Pick<EnvironmentModel, 'id' | 'name'>,
  common: Pick<NewActivity, 'batch' | 'idempotencyKey' | 'requestId'>,
): Promise<Step> {
  try {
    const deed = prepare(actor, await findTarget(actor, one), { ...input, uid: one.uid })
    return { wanted: { ...activityOf(deed), ...common }, deed, failure: null }
  } catch (failure) {
    if (!isAppError(failure) || failure.code === 'invalid_input' || failure.code === 'unavailable') throw failure
    const resource = { kind: one.kind, key: one.key, name: one.key, namespace: null }
    const { id, name } = environment
    return {
      wanted: {
        verb: `resource.${input.action}`,
        environment: { id, name },
        resource,
        input: input.input ?? {},
        why: input.why,
        ...common,
      },
      deed: null,
      failure,
    }
  }
}

async function doOne({ deed, failure }: Step, activityId: string): Promise<void> {
  if (!deed) return void (await settleActivity(activityId, { failure }))
  let connection
  try {
    ;({ connection } = await load(deed))
  } catch (refusal) {
    return void (await settleActivity(activityId, { failure: refusal }))
  }
  await carryOut(deed, activityId, connection)
}

/** Waits for its turn under its lease, so that a long queue is not taken for a dead process. */
function enqueue(step: Step, activityId: string): void {
  whileRunning(activityId, () => queue().add(() => doOne(step, activityId))).catch((error: unknown) =>
    log().error({ err: error, activity: activityId }, 'the outcome of an activity could not be written'),
  )
}

/** How many rows the same wish began before; a query is not frozen twice, it may match others now. Throws `conflict`. */
async function countBefore(actor: Actor, batch: string, { action, why }: Given): Promise<number> {
  const begun = await prisma().activity.findMany({ where: { batchId: batch, userId: actor.userId }, select: { verb: true, why: true } })
  if (begun.some((row) => row.verb !== `resource.${action}` || row.why !== (why || null)))
    throw new AppError('conflict', 'This Idempotency-Key was used for something else.', { reason: { code: 'idempotency_key_reused' } })
  return begun.length
}

/** Throws `not_found` when one of them may not be known of: then nothing of the request is done, and nothing else is told. */
async function environmentsOf(actor: Actor, selected: readonly Selected[]): Promise<Map<string, EnvironmentModel>> {
  const ids = [...new Set(selected.map(({ environment }) => environment))]
  return new Map(await Promise.all(ids.map(async (id) => [id, await findEnvironment(actor, id)] as const)))
}

/**
 * What is asked of each kind that is selected: each describes the action itself. Who may do it nowhere leaves no thousand
 * refusals behind, and what is kept with a row is only what its action takes. Throws `not_found`, `forbidden`, `invalid_input`.
 */
function givenByKind(actor: Actor, selected: readonly Selected[], { action, input, why }: Given): Map<string, Given> {
  const kinds = [...new Set(selected.map(({ kind }) => kind))]
  return new Map(
    kinds.map((kind) => {
      const { role, input: schema } = actionOf(kindOf(kind), action)
      checkRequirement(role, actor)
      return [kind, { action, why, input: schema ? (parseInput(schema, input ?? {}) as Record<string, unknown>) : {} }]
    }),
  )
}

export const runActions = operation({
  name: 'resources.runActions',
  summary: 'Does the same to a selection, of several kinds if all have that action: one activity for each row, all of one batch',
  requires: 'viewer',
  input: Input,
  output: z.object({ batch: z.uuid(), count: z.number().int() }),
  changes: true,
  async run({ actor, requestId }, input) {
    const idempotencyKey = input.idempotencyKey ?? randomUUID()
    const batch = batchOf(actor.userId, idempotencyKey)
    const before = await countBefore(actor, batch, input)
    if (before) return { batch, count: before }
    const selected = await freeze(actor, input)
    const environments = await environmentsOf(actor, selected)
    const given = givenByKind(actor, selected, input)
    const steps = await new PQueue({ concurrency }).addAll(
      selected.map(
        (one) => () =>
          stepFor(actor, given.get(one.kind)!, one, environments.get(one.environment)!, {
            batch,
            idempotencyKey: rowKeyOf(idempotencyKey, one),
            requestId,
          }),
      ),
    )
    const started = await startActivities(
      actor,
      steps.map((step) => step.wanted),
    )
    for (const [index, { activity, fresh }] of started.entries()) if (fresh) enqueue(steps[index]!, activity.id)
    return { batch, count: started.length }
  },
})
