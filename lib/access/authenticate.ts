import { prisma } from '../database/index.ts'
import { isAppError } from '../errors/index.ts'
import { log } from '../log.ts'
import type { UserModel } from '../database/generated/models/User.ts'
import { themes } from '../model/person.ts'
import { capBindings, type Binding, type Role } from '../model/role.ts'
import type { Actor, Via } from './actor.ts'
import { toBinding } from './bindings.ts'
import { sessionIdIn } from './cookie.ts'
import { nameOfIssuer } from './oidc/issuer.ts'
import { refusalOfToken, tokenOf, withUser, type HeldToken } from './bearer.ts'
import { bearerIn } from './token-text.ts'

const seenEveryMs = 60_000

/**
 * Who sends these headers, or null for nobody: no cookie, or a session that ended or expired, or a disabled person.
 * An API token stands before a cookie: where one is sent the cookie is not looked at. Throws `unauthenticated` for a
 * token that is not valid, `rate_limited` when an address sends many of those, `unavailable` when the database is away.
 * The row is asked each time, so what ended ends at once.
 */
export async function authenticate(headers: Headers, now: Date = new Date()): Promise<Actor | null> {
  const bearer = bearerIn(headers)
  if (bearer !== null) return actorOfToken(await tokenOf(bearer, headers.get('x-portolan-address') ?? 'unknown', now), now)
  const id = await sessionIdIn(headers)
  return id === null ? null : actorOf(id, now)
}

/** The same person again, as long as what they came with holds. The socket asks whenever access changes. */
export async function actorAgain(via: Via, now: Date = new Date()): Promise<Actor | null> {
  if ('session' in via) return actorOf(via.session, now)
  const token = await prisma().token.findUnique({ where: { id: via.token }, include: withUser })
  return token && refusalOfToken(token, now) === null ? actorOfToken(token, now) : null
}

/** The person of a session, as long as it holds. */
export async function actorOf(sessionId: string, now: Date = new Date()): Promise<Actor | null> {
  const session = await prisma().session.findUnique({ where: { id: sessionId }, include: withUser })
  if (!session || session.endedAt || session.expiresAt <= now || session.user.disabledAt) return null
  if (now.getTime() - session.lastSeenAt.getTime() > seenEveryMs) await sayOnly(touch(sessionId, now))
  return toActor(session.user, { session: sessionId }, session.user.bindings.map(toBinding))
}

async function actorOfToken({ id, name, role, lastUsedAt, user }: HeldToken, now: Date): Promise<Actor> {
  if (now.getTime() - (lastUsedAt?.getTime() ?? 0) > seenEveryMs) await sayOnly(touchToken(id, now))
  return toActor(user, { token: id, tokenName: name }, capBindings(user.bindings.map(toBinding), role as Role))
}

const toActor = (user: UserModel, via: Via, bindings: Binding[]): Actor => ({
  userId: user.id,
  login: user.login,
  name: user.name,
  provider: nameOfIssuer(user.issuer),
  via,
  language: user.language === 'en' || user.language === 'fr' ? user.language : null,
  theme: themes.find((theme) => theme === user.theme) ?? null,
  bindings,
})

/** A database that takes no changes can still say who is there; that they were seen is nothing to fail over. */
async function sayOnly(noted: Promise<void>): Promise<void> {
  try {
    await noted
  } catch (error) {
    if (!isAppError(error) || error.code !== 'unavailable') throw error
    log().debug({ problem: error.message }, 'that somebody was seen could not be written down')
  }
}

/** Of requests that come at once, the first to write wins and the others change nothing. */
async function touch(sessionId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - seenEveryMs)
  await prisma().session.updateMany({ where: { id: sessionId, lastSeenAt: { lt: before } }, data: { lastSeenAt: now } })
}

async function touchToken(id: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - seenEveryMs)
  await prisma().token.updateMany({ where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] }, data: { lastUsedAt: now } })
}
