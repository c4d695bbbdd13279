import { prisma, type Prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { inOrder } from './bindings.ts'
import { countWrongToken } from './limits.ts'
import { readTokenText } from './token-text.ts'

export const withUser = { user: { include: { bindings: inOrder } } } satisfies Prisma.TokenInclude
export type HeldToken = Prisma.TokenGetPayload<{ include: typeof withUser }>

const refuse = (code: string, message: string, params?: Record<string, string>) =>
  new AppError('unauthenticated', message, { reason: { code, ...(params && { params }) } })

const noToken = () => refuse('token_unknown', 'There is no such API token. Check that it was copied whole, or make a new one in Settings.')

/** Why a token is of no use any more, for who knows its secret; null: it holds. */
export function refusalOfToken({ name, revokedAt, expiresAt, user }: HeldToken, now: Date): AppError | null {
  const over = (code: string, word: string, at: Date) =>
    refuse(code, `The token ${name} ${word} ${at.toISOString()}. Make a new one in Settings.`, { name, at: at.toISOString() })
  if (revokedAt) return over('token_revoked', 'was revoked at', revokedAt)
  if (expiresAt <= now) return over('token_expired', 'expired at', expiresAt)
  return user.disabledAt ? refuse('person_disabled', 'The account of this token is disabled.') : null
}

/**
 * The token of this text, which came from `address`. Throws `unauthenticated` when there is none, or it holds no more,
 * and `rate_limited` when that address sent too many such.
 */
export async function tokenOf(text: string, address: string, now: Date): Promise<HeldToken> {
  const read = readTokenText(text)
  const found = read && (await prisma().token.findUnique({ where: { publicId: read.publicId }, include: withUser }))
  const held = found && read.fits(found.hash) ? found : null
  const refusal = held ? refusalOfToken(held, now) : noToken()
  if (held && !refusal) return held
  await countWrongToken(address)
  throw refusal
}
