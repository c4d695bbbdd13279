import { decode } from 'next-auth/jwt'
import { prisma } from '../database/index.ts'
import { themes } from '../model/person.ts'
import type { Actor } from './actor.ts'
import { inOrder, toBinding } from './bindings.ts'
import { cookieName, cookieSecret, readCookie } from './cookie.ts'

const seenEveryMs = 60_000

/** The session id sealed in the cookie; null when there is none, it is not ours, or too old. */
async function sessionIdIn(headers: Headers): Promise<string | null> {
  const token = readCookie(headers, cookieName('session'))
  if (!token) return null
  try {
    const claims = await decode({ token, secret: cookieSecret() })
    return typeof claims?.sid === 'string' ? claims.sid : null
  } catch {
    // A cookie that does not open is nobody's: whoever sent it is not signed in, and there is nothing else to say.
    return null
  }
}

/**
 * Who sends these headers, or null for nobody: no cookie, or a session that ended or expired, or a disabled person.
 * The row is asked each time, so an ended session ends at once. Throws `unavailable` when the database is away.
 */
export async function authenticate(headers: Headers, now: Date = new Date()): Promise<Actor | null> {
  const id = await sessionIdIn(headers)
  return id === null ? null : actorOf(id, now)
}

/** The person of a session, as long as it holds. The socket asks again with it whenever access changes. */
export async function actorOf(sessionId: string, now: Date = new Date()): Promise<Actor | null> {
  const session = await prisma().session.findUnique({ where: { id: sessionId }, include: { user: { include: { bindings: inOrder } } } })
  if (!session || session.endedAt || session.expiresAt <= now || session.user.disabledAt) return null
  if (now.getTime() - session.lastSeenAt.getTime() > seenEveryMs) await touch(sessionId, now)
  const { user } = session
  return {
    userId: user.id,
    login: user.login,
    name: user.name,
    sessionId,
    language: user.language === 'en' || user.language === 'fr' ? user.language : null,
    theme: themes.find((theme) => theme === user.theme) ?? null,
    bindings: user.bindings.map(toBinding),
  }
}

/** Of requests that come at once, the first to write wins and the others change nothing. */
async function touch(sessionId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - seenEveryMs)
  await prisma().session.updateMany({ where: { id: sessionId, lastSeenAt: { lt: before } }, data: { lastSeenAt: now } })
}
