import { may, type Actor, type Target } from '../../access/index.ts'
import { databaseNow, notify, prisma, type Prisma } from '../../database/index.ts'
import type { TerminalModel } from '../../database/generated/models/Terminal.ts'
import { AppError } from '../../errors/index.ts'
import { Reason } from '../../model/reason.ts'
import type { TerminalRow } from '../../model/terminal.ts'
import { settings } from '../../settings.ts'

type FoundTerminal = TerminalModel & { environment: { name: string } }

/** So long the last word of a terminal is kept for whoever asks what became of it. */
const rememberedMs = 24 * 3_600_000

export const tellTerminals = (environmentId: number): Promise<void> =>
  notify(null, { topic: 'terminals', environment: String(environmentId) })

export const toTerminalRow = (row: TerminalModel): TerminalRow => ({
  id: row.id,
  environment: String(row.environmentId),
  kind: row.kind,
  key: row.key,
  name: row.name,
  userId: row.userId,
  userName: row.userName,
  mode: row.mode === 'attach' ? 'attach' : 'exec',
  program: row.program,
  openedAt: row.openedAt.toISOString(),
})

/** Those that live now, the oldest first. */
export async function livingTerminals(where: Prisma.TerminalWhereInput): Promise<TerminalModel[]> {
  return prisma().terminal.findMany({
    where: { ...where, endedAt: null, leaseUntil: { gt: await databaseNow() } },
    orderBy: { openedAt: 'asc' },
  })
}

const noTerminal = () =>
  new AppError('not_found', 'There is no such terminal, or you may not know of it.', { reason: { code: 'terminal-gone' } })

/** Where a terminal is, for asking who may. */
export const placeOf = ({ environmentId, namespace, environment }: FoundTerminal): Target => ({
  environment: String(environmentId),
  namespace,
  environmentName: environment.name,
})

/** A terminal that lives or ended lately, where the actor sees anything at all. Throws `not_found`. */
export async function findTerminal(id: string, actor: Actor): Promise<FoundTerminal> {
  const row = await prisma().terminal.findUnique({ where: { id }, include: { environment: { select: { name: true } } } })
  if (!row || !may(actor, 'viewer', placeOf(row)).allowed) throw noTerminal()
  return row
}

/** What an activity opened. Throws `not_found` when it failed, or opens still. */
export async function terminalOf(activityId: string): Promise<TerminalModel> {
  const row = await prisma().terminal.findFirst({ where: { activityId } })
  if (!row) throw noTerminal()
  return row
}

/** Why it ended; null while it may live. */
export const endOf = (row: TerminalModel): Reason | null =>
  row.endedAt === null ? null : (Reason.safeParse(row.ended).data ?? { code: 'terminal-gone' })

export const isOverdue = async (row: TerminalModel): Promise<boolean> => row.leaseUntil <= (await databaseNow())

/** Writes down that it has ended; the first reason stays. */
export async function endRow(id: string, reason: Reason): Promise<void> {
  const ended = { endedAt: await databaseNow(), ended: reason as Prisma.InputJsonObject }
  const [row] = await prisma().terminal.updateManyAndReturn({ where: { id, endedAt: null }, data: ended })
  if (row) await tellTerminals(row.environmentId)
}

/** Renews what this process holds; answers what has ended elsewhere or is gone. Forgets what ended long ago. */
export async function renewTerminals(ids: readonly string[]): Promise<string[]> {
  const now = await databaseNow()
  const leaseUntil = new Date(now.getTime() + settings().leaseVoidMs)
  const renewed = await prisma().terminal.updateManyAndReturn({ where: { id: { in: [...ids] }, endedAt: null }, data: { leaseUntil } })
  await prisma().terminal.deleteMany({ where: { leaseUntil: { lt: new Date(now.getTime() - rememberedMs) } } })
  const kept = new Set(renewed.map(({ id }) => id))
  return ids.filter((id) => !kept.has(id))
}
