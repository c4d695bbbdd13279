import { z } from 'zod'
import { prisma } from '../../database/index.ts'
import type { EnvironmentModel } from '../../database/generated/models/Environment.ts'
import { engineOf, kindOf } from '../../engines/index.ts'
import type { ConnectionSettings } from '../../engines/engine.ts'
import { AppError } from '../../errors/index.ts'
import { asOf, Environment, EnvironmentState, Flag } from '../../model/environment.ts'
import type { HealthCount } from '../../model/inventory.ts'
import { Reason } from '../../model/reason.ts'
import { knows, noEnvironment, type Actor } from '../../access/index.ts'
import { silentAfterMs } from '../../settings.ts'

const carriesHealth = (kind: string): boolean => kindOf(kind).columns.some((column) => column.type === 'health')

function countsIn(counts: readonly HealthCount[], id: string): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { environment, kind, health, count } of counts)
    if (environment === id && carriesHealth(kind)) sums[health] = (sums[health] ?? 0) + count
  return sums
}

const Unfollowed = z.record(z.string(), Reason)

function unfollowedIn(stored: unknown): Pick<Environment, 'unfollowed'> {
  const unfollowed = Unfollowed.parse(stored)
  return Object.keys(unfollowed).length > 0 ? { unfollowed } : {}
}

/** A row as everybody sees it `now`. Its secrets have no field here, so they cannot be answered. */
export function toEnvironment(row: EnvironmentModel, counts: readonly HealthCount[], now: Date): Environment {
  const id = String(row.id)
  const written: Environment = {
    id,
    name: row.name,
    engine: row.engine,
    stage: Environment.shape.stage.parse(row.stage),
    flag: Flag.parse({ hue: row.flagHue, pattern: row.flagPattern, code: row.flagCode }),
    description: row.description,
    protected: row.protected,
    address: engineOf(row.engine).addressOf(row.settings as ConnectionSettings),
    state: EnvironmentState.parse(row.state),
    stateSince: row.stateSince.toISOString(),
    lastContactAt: row.lastContactAt?.toISOString() ?? null,
    engineVersion: row.engineVersion,
    error: row.error === null ? null : Reason.parse(row.error),
    ...unfollowedIn(row.unfollowed),
    counts: countsIn(counts, id),
  }
  return asOf(written, now, silentAfterMs())
}

/** The row of an environment that the actor may know of. Throws `not_found`. */
export async function findEnvironment(actor: Actor, id: string): Promise<EnvironmentModel> {
  const row = knows(actor, id) ? await prisma().environment.findUnique({ where: { id: Number(id) } }) : null
  if (!row) throw noEnvironment()
  return row
}

/** In a protected environment every change has a reason. Throws `invalid_input`. */
export function checkWhy(environment: Pick<EnvironmentModel, 'protected' | 'name'>, why: string | null | undefined): void {
  if (!environment.protected || why) return
  throw new AppError('invalid_input', `${environment.name} is protected: say why.`, {
    reason: { code: 'why_required', params: { environment: environment.name } },
    details: { issues: [{ path: 'why', code: 'why_required', message: 'A reason is needed.' }] },
  })
}
