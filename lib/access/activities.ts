import { randomUUID } from 'node:crypto'
import { databaseNow, notify, Prisma, prisma } from '../database/index.ts'
import type { ActivityModel } from '../database/generated/models/Activity.ts'
import { AppError, isAppError, toWire } from '../errors/index.ts'
import { Outcome, type Activity } from '../model/activity.ts'
import { settings } from '../settings.ts'
import { tokenNameOf, type Actor } from './actor.ts'

/** How long a running activity stays running without a word from the process that runs it: three of its rounds. */
export const activityLeaseMs = (): number => 3 * settings().leaseVoidMs
/** How much of an engine's output is kept: the end of it, in characters. */
export const outputLimit = 64 * 1024

/** What somebody sets out to do. */
export interface NewActivity {
  /** `resource.stop`, `environment.connect` … */
  verb: string
  environment?: { id: number; name: string }
  resource?: { kind: string; key: string; name: string; namespace: string | null }
  /** The name of what it is done to, when that is no resource. */
  name?: string
  /** What was asked for, without secrets. */
  input?: Record<string, unknown>
  why?: string | null
  /** Activities of one selection share it; a UUID. */
  batch?: string
  /** The same key of the same person twice is the same activity. */
  idempotencyKey?: string
  requestId: string
}

/** A row as everybody sees it. */
export function toActivity(row: ActivityModel): Activity {
  return {
    id: row.id,
    batch: row.batchId,
    verb: row.verb,
    environment: row.environmentId?.toString() ?? null,
    environmentName: row.environmentName,
    kind: row.kind,
    key: row.key,
    name: row.name,
    userId: row.userId,
    userName: row.userName,
    tokenName: row.tokenName,
    input: row.input as Record<string, unknown>,
    why: row.why,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    outcome: Outcome.parse(row.outcome),
    progress: row.progress,
    output: row.output,
    error: row.error as Activity['error'],
  }
}

/** Wakes whoever looks at activities of that environment. */
export const tellOf = (row: { environmentId: number | null }) =>
  notify(null, { topic: 'activities', ...(row.environmentId !== null && { environment: String(row.environmentId) }) })

/** Who does something, as the audit log keeps it. */
export type Doer = Pick<Actor, 'userId' | 'name'> & Partial<Pick<Actor, 'via'>>

const rowOf = (actor: Doer, wanted: NewActivity, now: Date) => ({
  verb: wanted.verb,
  environmentId: wanted.environment?.id ?? null,
  environmentName: wanted.environment?.name ?? null,
  kind: wanted.resource?.kind ?? null,
  key: wanted.resource?.key ?? null,
  name: wanted.resource?.name ?? wanted.name ?? null,
  namespace: wanted.resource?.namespace ?? null,
  userId: actor.userId,
  userName: actor.name,
  tokenName: tokenNameOf(actor.via),
  input: (wanted.input ?? {}) as Prisma.InputJsonObject,
  why: wanted.why || null,
  batchId: wanted.batch ?? null,
  // One that nobody can repeat, where none was given: rows are told apart by it.
  idempotencyKey: wanted.idempotencyKey ?? randomUUID(),
  requestId: wanted.requestId,
  startedAt: now,
  leaseUntil: new Date(now.getTime() + activityLeaseMs()),
})

/** Objects whose fields are in one order, so that equal input has equal words. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

type Wish = Pick<ActivityModel, 'verb' | 'environmentId' | 'kind' | 'key' | 'name' | 'why'> & { input: unknown }

const askedFor = (row: Wish): string =>
  canonical([row.verb, row.environmentId, row.kind, row.key, row.kind === null ? row.name : null, row.input, row.why])

/**
 * The activity that the same wish with the same key began before, or null. Throws `conflict` for the same key with
 * another wish.
 */
export async function knownActivity(doer: Doer, wanted: NewActivity): Promise<Activity | null> {
  if (wanted.idempotencyKey === undefined) return null
  const known = await prisma().activity.findUnique({
    where: { userId_idempotencyKey: { userId: doer.userId, idempotencyKey: wanted.idempotencyKey } },
  })
  if (!known) return null
  if (askedFor(known) === askedFor(rowOf(doer, wanted, known.startedAt))) return toActivity(known)
  throw new AppError('conflict', 'This Idempotency-Key was used for something else.', { reason: { code: 'idempotency_key_reused' } })
}

export interface Started {
  activity: Activity
  /** False: the same was asked for with the same key before; nothing may be done again. */
  fresh: boolean
}

/**
 * Writes down that somebody began things, before they begin; in the order of the wishes. Throws `conflict` when a key
 * was used for something else.
 */
export async function startActivities(doer: Doer, wishes: readonly NewActivity[]): Promise<Started[]> {
  const now = await databaseNow()
  const data = wishes.map((wanted) => rowOf(doer, wanted, now))
  const made = await prisma().activity.createManyAndReturn({ data, skipDuplicates: true })
  for (const environmentId of new Set(made.map((row) => row.environmentId))) await tellOf({ environmentId })
  const byKey = new Map(made.map((row) => [row.idempotencyKey, row]))
  return Promise.all(
    data.map(async ({ idempotencyKey }, index) => {
      const row = byKey.get(idempotencyKey)
      const activity = row ? toActivity(row) : await knownActivity(doer, wishes[index]!)
      if (!activity) throw new AppError('conflict', 'This was asked for and taken back at once. Try again.')
      return { activity, fresh: row !== undefined }
    }),
  )
}

/** The same for one thing. */
export async function startActivity(doer: Doer, wanted: NewActivity): Promise<Started> {
  const [started] = await startActivities(doer, [wanted])
  return started!
}

/** How far it is (0 to 1, null when the engine does not say) and what the engine said. Nothing when it ended meanwhile. */
export async function reportProgress(id: string, progress: { fraction: number | null; output?: string }): Promise<void> {
  const output = progress.output === undefined ? {} : { output: progress.output.slice(-outputLimit) }
  const [row] = await prisma().activity.updateManyAndReturn({
    where: { id, outcome: 'running' },
    data: { progress: progress.fraction, ...output },
  })
  if (row) await tellOf(row)
}

export type ActivityEnd = { output?: string } | { failure: unknown; output?: string }

/**
 * Writes down how it ended, `agoMs` before now. An activity ends once: one that was taken for interrupted meanwhile gets
 * its true outcome.
 */
export async function finishActivity(id: string, end: ActivityEnd, agoMs = 0): Promise<Activity> {
  const failed = 'failure' in end
  const wire = failed ? toWire(end.failure) : null
  const row = await prisma().activity.update({
    where: { id },
    data: {
      outcome: failed ? (isAborted(end.failure) ? 'interrupted' : 'failed') : 'succeeded',
      finishedAt: new Date((await databaseNow()).getTime() - agoMs),
      leaseUntil: null,
      ...(failed ? {} : { progress: 1 }),
      ...(end.output === undefined ? {} : { output: end.output.slice(-outputLimit) }),
      error: wire ? { code: wire.code, message: wire.message, ...(wire.reason && { reason: wire.reason }) } : Prisma.DbNull,
    },
  })
  await tellOf(row)
  return toActivity(row)
}

/** What we gave up ourselves is interrupted, not failed. */
const isAborted = (error: unknown): boolean => !isAppError(error) && error instanceof Error && error.name === 'AbortError'
