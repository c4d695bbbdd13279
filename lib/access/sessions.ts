import { notify, prisma, type Prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { Session } from '../model/person.ts'
import { settings } from '../settings.ts'
import { sessionOf, type Actor } from './actor.ts'
import { holdsUntil } from './oidc/held.ts'
import { holdsEverywhere } from './roles.ts'

/** Where somebody signs in from. */
export interface SignedInFrom {
  address: string
  userAgent: string
}

/**
 * Signs a person in somewhere: a new row, valid for `sessionHours`, or for as long as a provider that vouches for them
 * confirms it. Answers its id.
 */
export async function startSession(
  userId: string,
  from: SignedInFrom,
  now: Date = new Date(),
  oidc?: Prisma.OidcSessionCreateWithoutSessionInput,
): Promise<string> {
  const expiresAt = oidc ? holdsUntil(now, now) : new Date(now.getTime() + settings().sessionHours * 3_600_000)
  const { id } = await prisma().session.create({
    data: {
      userId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      address: from.address.slice(0, 100),
      userAgent: from.userAgent.slice(0, 500),
      oidc: oidc && { create: oidc },
    },
  })
  return id
}

/** Sessions that hold now, the latest seen first: the actor's own, or everybody's for who administers people. */
export async function listSessions(actor: Actor, everybody: boolean, now: Date = new Date()): Promise<Session[]> {
  const found = await prisma().session.findMany({
    where: {
      endedAt: null,
      expiresAt: { gt: now },
      userId: everybody && holdsEverywhere(actor, 'administrator') ? undefined : actor.userId,
    },
    include: { user: true },
    orderBy: { lastSeenAt: 'desc' },
    take: 500,
  })
  return found.map((session) => ({
    id: session.id,
    userId: session.userId,
    userName: session.user.name,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    address: session.address,
    userAgent: session.userAgent,
    current: session.id === sessionOf(actor.via),
  }))
}

/** Ends a session of one's own, or of anybody as administrator. Throws `not_found` for all that is not there to end. */
export async function endSession(actor: Actor, id: string, now: Date = new Date()): Promise<{ userId: string }> {
  const anybody = holdsEverywhere(actor, 'administrator')
  const found = await prisma().session.findFirst({ where: { id, endedAt: null, userId: anybody ? undefined : actor.userId } })
  if (!found) throw new AppError('not_found', 'There is no such session.', { reason: { code: 'session_gone' } })
  await closeSession(id, now)
  return { userId: found.userId }
}

/** Ends a session whoever asks: for signing out, where the cookie itself is the right to do it. */
export async function closeSession(id: string, now: Date = new Date()): Promise<void> {
  const [ended] = await prisma().session.updateManyAndReturn({ where: { id, endedAt: null }, data: { endedAt: now } })
  if (ended) await notify(null, { topic: 'access', user: ended.userId })
}

/** Ends every session of a person, as part of what else changes for them. */
export const endSessionsOf = (tx: Prisma.TransactionClient, userId: string, now: Date) =>
  tx.session.updateMany({ where: { userId, endedAt: null }, data: { endedAt: now } })

/** Ends every other session of the actor; answers how many. */
export async function endOtherSessions(actor: Actor, now: Date = new Date()): Promise<number> {
  const { count } = await prisma().session.updateMany({
    where: { userId: actor.userId, endedAt: null, expiresAt: { gt: now }, id: { not: sessionOf(actor.via) ?? undefined } },
    data: { endedAt: now },
  })
  if (count) await notify(null, { topic: 'access', user: actor.userId })
  return count
}
