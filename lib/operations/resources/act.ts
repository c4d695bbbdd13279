import { reportProgress, settleActivity, type ActivityEnd, type Actor } from '../../access/index.ts'
import type { Connection, Observed } from '../../engines/engine.ts'
import { AppError } from '../../errors/index.ts'
import { sentence } from '../../i18n/sentence.ts'
import { log } from '../../log.ts'
import type { Activity } from '../../model/activity.ts'
import { settings } from '../../settings.ts'
import { connectTo } from '../engine-connections.ts'
import { checkWhy } from '../environments/rows.ts'
import { parseInput } from '../perform.ts'
import { whileRunning } from '../running.ts'
import { actionOf, allowOn, type Target } from './target.ts'

/** Something that is asked for and may be done, as far as can be told without the engine. */
export interface Deed {
  target: Target
  action: string
  input: Record<string, unknown>
  why: string | null
  /** Of the life that the person saw; another one under the same key is a conflict. */
  uid: string
}

/** How often an engine's progress is written down. */
const progressEveryMs = 500

/** May they → input → reason. Throws `forbidden`, `invalid_input`, `not_found`. */
export function prepare(actor: Actor, target: Target, wish: { action: string; input?: unknown; why?: string | null; uid: string }): Deed {
  const action = actionOf(target.kind, wish.action)
  allowOn(actor, action.role, target)
  const input = action.input ? (parseInput(action.input, wish.input ?? {}) as Record<string, unknown>) : {}
  checkWhy(target.environment, wish.why)
  return { target, action: wish.action, input, why: wish.why || null, uid: wish.uid }
}

/** Actions are off while the engine does not answer; when only our following is behind, they work. Throws `blocked`. */
export function checkAnswers({ environment }: Target): void {
  const { state, name } = environment
  if (state !== 'stale' && state !== 'connecting') return
  throw new AppError('blocked', `${name} does not answer: actions are off until it does.`, {
    reason: { code: 'environment_silent', params: { environment: name } },
  })
}

/** The live object, and whether the action makes sense on it now. Throws `conflict`, `blocked`, and what the engine says. */
export async function load({ target, action, uid }: Deed): Promise<{ connection: Connection; live: Observed }> {
  checkAnswers(target)
  const { kind, found } = target
  const connection = connectTo(target.environment)
  const live = await connection.read(kind.name, found.row.key, AbortSignal.timeout(settings().engineTimeoutMs))
  if (live.summary.uid !== uid)
    throw new AppError('conflict', `${found.row.name} is another one now, under the same name.`, {
      reason: { code: 'another_life', params: { name: found.row.name } },
    })
  const blocked = actionOf(kind, action).blockedBy(live.summary)
  if (blocked)
    throw new AppError('blocked', `${action} is off for ${found.row.name}. ${sentence({ code: blocked }, 'en')}`, {
      reason: { code: blocked },
      details: { action, blocked },
    })
  return { connection, live }
}

function progressOf(id: string): (progress: { fraction: number | null; output?: string }) => void {
  let writtenAt = -Infinity
  return (progress) => {
    const now = performance.now()
    if (now - writtenAt < progressEveryMs) return
    writtenAt = now
    reportProgress(id, progress).catch((error: unknown) => log().warn({ err: error, activity: id }, 'progress could not be written'))
  }
}

async function ask(
  { target: { kind, found }, uid, action, input }: Deed,
  activityId: string,
  connection: Connection,
): Promise<ActivityEnd> {
  try {
    // Not the caller's signal: who closes the page does not take back what was begun.
    const signal = new AbortController().signal
    return await connection.act({ kind: kind.name, key: found.row.key, uid, action, input }, progressOf(activityId), signal)
  } catch (failure) {
    return { failure }
  }
}

/** Does it, and writes down how it ended. An engine's failure is an outcome; what rejects is our own database. */
export const carryOut = (deed: Deed, activityId: string, connection: Connection): Promise<Activity> =>
  whileRunning(activityId, async () => settleActivity(activityId, await ask(deed, activityId, connection)))

/** What the audit log says of a deed. */
export const activityOf = ({ target: { environment, kind, found }, action, input, why }: Deed) => ({
  verb: `resource.${action}`,
  environment: { id: environment.id, name: environment.name },
  resource: { kind: kind.name, key: found.row.key, name: found.row.name, namespace: found.row.namespace },
  input,
  why,
})
