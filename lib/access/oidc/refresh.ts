import { randomUUID } from 'node:crypto'
import * as client from 'openid-client'
import { notify, prisma, type Prisma } from '../../database/index.ts'
import { isAppError } from '../../errors/index.ts'
import { log } from '../../log.ts'
import { isOidcProblem, type OidcProblem } from '../../model/oidc.ts'
import { closeSession } from '../sessions.ts'
import { holdsUntil, openTokens, sealTokens } from './held.ts'
import { identify, type Tokens } from './identity.ts'
import { personOf } from './person.ts'
import { oidcSettings, provider, toRefusal } from './provider.ts'

/** Sessions that are asked about at once. */
export const atOnce = 10
/** After no answer. */
const retryMs = 15_000
/** What is final: to ask again would change nothing. Everything else may pass. */
const final: readonly OidcProblem[] = ['oidc_withdrawn', 'oidc_no_groups', 'oidc_no_role', 'oidc_disabled']

const withUser = { session: { include: { user: true } } } satisfies Prisma.OidcSessionInclude
type Due = Prisma.OidcSessionGetPayload<{ include: typeof withUser }>

const later = (now: Date, ms: number) => new Date(now.getTime() + ms)

/**
 * Takes a session for this process: refresh tokens work once, so of two who ask the second would end it. Who takes one
 * and dies leaves it to others after the time that its questions may take.
 */
async function claim({ sessionId, refreshAt }: Due, now: Date): Promise<boolean> {
  const mayTakeMs = oidcSettings().timeoutMs * 4
  const { count } = await prisma().oidcSession.updateMany({ where: { sessionId, refreshAt }, data: { refreshAt: later(now, mayTakeMs) } })
  return count === 1
}

async function ask(refreshToken: string): Promise<Tokens> {
  try {
    return await client.refreshTokenGrant(await provider(), refreshToken)
  } catch (cause) {
    throw toRefusal(cause)
  }
}

/** Reads the groups of a session's person again. Throws the problems of lib/model/oidc.ts. */
async function confirm({ sessionId, sealed, session }: Due, now: Date): Promise<void> {
  const before = openTokens(sealed!)
  const tokens = await ask(before.refreshToken!)
  // Before anything else is asked: the token before is used up.
  await prisma().oidcSession.update({ where: { sessionId }, data: { sealed: sealTokens(tokens, before) } })
  await personOf(await identify(tokens, session.user.subject), randomUUID())
  const refreshAt = later(now, oidcSettings().refreshMs)
  await prisma().$transaction([
    prisma().oidcSession.update({ where: { sessionId }, data: { confirmedAt: now, refreshAt, problem: null } }),
    prisma().session.update({ where: { id: sessionId }, data: { expiresAt: holdsUntil(session.createdAt, now) } }),
  ])
}

async function refresh(due: Due, now: Date): Promise<void> {
  const { sessionId } = due
  try {
    await confirm(due, now)
  } catch (error) {
    const code = isAppError(error) ? error.reason?.code : undefined
    if (!isOidcProblem(code)) throw error
    log().info({ session: sessionId, code, problem: (error as Error).message }, 'a session was not confirmed')
    const refreshAt = later(now, Math.min(retryMs, oidcSettings().refreshMs))
    await prisma().oidcSession.update({ where: { sessionId }, data: { problem: code, refreshAt } })
    if (final.includes(code)) await closeSession(sessionId, now)
  }
}

/** Forgets the tokens of sessions that are over, and tells their sockets: a session also ends because nobody confirmed it. */
async function forgetOver(now: Date): Promise<void> {
  const over = { sealed: { not: null }, session: { OR: [{ endedAt: { not: null } }, { expiresAt: { lte: now } }] } }
  const rows = await prisma().oidcSession.findMany({ where: over, include: { session: { select: { userId: true } } }, take: 100 })
  for (const { sessionId, session } of rows) {
    const { count } = await prisma().oidcSession.updateMany({ where: { sessionId, sealed: { not: null } }, data: { sealed: null } })
    if (count) await notify(null, { topic: 'access', user: session.userId })
  }
}

/**
 * Asks the provider again about sessions that are due, `atOnce` at the most; answers how many it took. Who lost groups
 * there loses roles here; whom the provider does not stand by any more is signed out.
 */
export async function refreshSessions(now: Date): Promise<number> {
  await forgetOver(now)
  const found = await prisma().oidcSession.findMany({
    where: {
      refreshAt: { lte: now },
      sealed: { not: null },
      // Tokens of another provider are not shown to this one: such sessions end for want of an answer.
      session: { user: { issuer: oidcSettings().issuer, disabledAt: null } },
    },
    include: withUser,
    orderBy: { refreshAt: 'asc' },
    take: atOnce,
  })
  const taken: Due[] = []
  for (const due of found) if (await claim(due, now)) taken.push(due)
  const asked = await Promise.allSettled(taken.map((due) => refresh(due, now)))
  for (const { reason } of asked.filter((one) => one.status === 'rejected'))
    log().warn({ err: reason as unknown }, 'a session could not be refreshed')
  return taken.length
}
