import { createHash, randomBytes } from 'node:crypto'
import { prisma, type Prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { LinkPurpose, OneTimeLink } from '../model/person.ts'
import { settings } from '../settings.ts'

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A link as it is made: the one time that its token is known. */
export interface NewLink {
  token: string
  expiresAt: Date
}
/** What a link is for. */
export type LinkOf = { purpose: 'administrator' } | { purpose: 'invitation' | 'reset'; userId: string }

/** Where a link leads. */
export const addressOfLink = (token: string): string => `${settings().url}/setup?token=${token}`

export const tellLink = ({ token, expiresAt }: NewLink): OneTimeLink => ({ url: addressOfLink(token), expiresAt: expiresAt.toISOString() })

/** A new link: those made before for the same and not used become void. Only the token's hash is kept. */
export async function makeLink(tx: Prisma.TransactionClient, link: LinkOf, now: Date): Promise<NewLink> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + settings().setupLinkHours * 3_600_000)
  const userId = 'userId' in link ? link.userId : null
  await voidLinks(tx, userId)
  await tx.oneTimeLink.create({ data: { tokenHash: hashOf(token), purpose: link.purpose, userId, createdAt: now, expiresAt } })
  return { token, expiresAt }
}

/** Takes back what was not used; null: links for administrators. */
export const voidLinks = (tx: Prisma.TransactionClient, userId: string | null) =>
  tx.oneTimeLink.deleteMany({ where: { userId, usedAt: null } })

const usable = (token: string, now: Date) =>
  ({
    tokenHash: hashOf(token),
    usedAt: null,
    expiresAt: { gt: now },
    OR: [{ userId: null }, { user: { disabledAt: null } }],
  }) satisfies Prisma.OneTimeLinkWhereInput

/** What a link can still be used for, and by whom; null when it is void. For the page behind it. */
export async function readLink(
  token: string,
  now: Date = new Date(),
): Promise<{ purpose: LinkPurpose; person: { login: string; name: string } | null } | null> {
  const link = await prisma().oneTimeLink.findFirst({ where: usable(token, now), include: { user: true } })
  if (!link) return null
  return { purpose: link.purpose as LinkPurpose, person: link.user && { login: link.user.login, name: link.user.name } }
}

export const voidLink = () =>
  new AppError('not_found', 'This link was used, replaced by a newer one, or is too old. Whoever gave it to you can make a new one.', {
    reason: { code: 'setup_link_void' },
  })

/** Uses a link up, within the caller's turn; answers whose it is. Throws `not_found` when it is void or for something else. */
export async function takeLink(
  tx: Prisma.TransactionClient,
  token: string,
  purposes: readonly LinkPurpose[],
  now: Date,
): Promise<{ purpose: LinkPurpose; userId: string | null }> {
  const [link] = await tx.oneTimeLink.updateManyAndReturn({
    where: { ...usable(token, now), purpose: { in: [...purposes] } },
    data: { usedAt: now },
  })
  if (!link) throw voidLink()
  return { purpose: link.purpose as LinkPurpose, userId: link.userId }
}
