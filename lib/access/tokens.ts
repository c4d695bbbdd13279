import { notify, prisma, type Prisma } from '../database/index.ts'
import type { TokenModel } from '../database/generated/models/Token.ts'
import { AppError } from '../errors/index.ts'
import type { Role } from '../model/role.ts'
import { mostTokenDays, type MadeToken, type NewToken, type Token } from '../model/token.ts'
import type { Actor } from './actor.ts'
import { holds, holdsEverywhere } from './roles.ts'
import { makeTokenText, startOf } from './token-text.ts'

const dayMs = 86_400_000
/** Clocks of browsers are not ours: a year from now may be a little more. */
const slackMs = 3_600_000
/** Of one person, that are not revoked. */
const mostTokens = 100

function checkExpiry(expiresAt: Date, now: Date): void {
  const ms = expiresAt.getTime() - now.getTime()
  if (ms > 0 && ms <= mostTokenDays * dayMs + slackMs) return
  throw new AppError('invalid_input', `A token is valid for ${mostTokenDays} days at the most, and not until a moment that is over.`, {
    reason: { code: 'token_expiry', params: { days: mostTokenDays } },
    details: { issues: [{ path: 'expiresAt', code: 'token_expiry', message: `Between now and ${mostTokenDays} days from now.` }] },
  })
}

/**
 * Makes a token for the actor; its text is told here and never again. Throws `invalid_input` for an expiry that is over
 * or too far, `forbidden` for a role that the actor holds nowhere, `blocked` when they have too many.
 */
export async function createToken(actor: Actor, wanted: NewToken, now: Date): Promise<MadeToken> {
  const expiresAt = new Date(wanted.expiresAt)
  checkExpiry(expiresAt, now)
  if (!holds(actor, wanted.role))
    throw new AppError('forbidden', 'This is about more than you hold yourself.', { reason: { code: 'beyond_own_rights' } })
  if ((await prisma().token.count({ where: { userId: actor.userId, revokedAt: null } })) >= mostTokens)
    throw new AppError('blocked', `You have ${mostTokens} tokens. Revoke one first.`, {
      reason: { code: 'too_many_tokens', params: { count: mostTokens } },
    })
  const { text, ...kept } = makeTokenText()
  const { name, role } = wanted
  const { id } = await prisma().token.create({ data: { userId: actor.userId, name, role, ...kept, createdAt: now, expiresAt } })
  await notify(null, { topic: 'access', user: actor.userId })
  return { id, secret: text, expiresAt: expiresAt.toISOString() }
}

const toToken = (row: TokenModel & { user: { name: string } }, actor: Actor): Token => ({
  id: row.id,
  name: row.name,
  start: startOf(row.publicId),
  role: row.role as Role,
  userId: row.userId,
  userName: row.user.name,
  own: row.userId === actor.userId,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/** Tokens that nobody revoked, the newest first, expired ones too: the actor's own, or everybody's for who administers people. */
export async function listTokens(actor: Actor, everybody: boolean): Promise<Token[]> {
  const rows = await prisma().token.findMany({
    where: { revokedAt: null, userId: everybody && holdsEverywhere(actor, 'administrator') ? undefined : actor.userId },
    include: { user: { select: { name: true } } },
    orderBy: { createdAt: 'desc' },
    take: 500,
  })
  return rows.map((row) => toToken(row, actor))
}

/** A token that the actor may revoke. Throws `not_found`. */
export async function findToken(actor: Actor, id: string): Promise<Token> {
  const userId = holdsEverywhere(actor, 'administrator') ? undefined : actor.userId
  const row = await prisma().token.findFirst({ where: { id, revokedAt: null, userId }, include: { user: { select: { name: true } } } })
  if (!row) throw new AppError('not_found', 'There is no such token.', { reason: { code: 'token_gone' } })
  return toToken(row, actor)
}

/** Ends it at once, on open sockets too. */
export async function revokeToken({ id, userId }: Pick<Token, 'id' | 'userId'>, now: Date): Promise<void> {
  await prisma().token.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
  await notify(null, { topic: 'access', user: userId })
}

/** Every token of a person, as part of what else changes for them. */
export const revokeTokensOf = (tx: Prisma.TransactionClient, userId: string, now: Date) =>
  tx.token.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } })
