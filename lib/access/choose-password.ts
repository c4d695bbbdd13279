import { notifyWith, prisma } from '../database/index.ts'
import type { LinkPurpose } from '../model/person.ts'
import { inTurn, waits } from './administrators.ts'
import { readLink, takeLink, voidLink } from './links.ts'
import { hashPassword } from './passwords.ts'
import { endSessionsOf } from './sessions.ts'

const ofPeople = ['invitation', 'reset'] as const satisfies LinkPurpose[]

/** Whose password was chosen. */
export interface Chosen {
  userId: string
  login: string
  name: string
  purpose: LinkPurpose
}

/**
 * Sets the password of the person a link was made for, ends every session they had, and uses the link up: of those who
 * race for it one wins. Throws `not_found` for a link that is void.
 */
export async function choosePassword(token: string, password: string, now: Date = new Date()): Promise<Chosen> {
  // Asked before any hashing: a made-up token must cost nothing.
  if (!(await readLink(token, now))?.person) throw voidLink()
  const passwordHash = await hashPassword(password)
  return prisma().$transaction(async (tx) => {
    await inTurn(tx)
    const { userId, purpose } = await takeLink(tx, token, ofPeople, now)
    if (userId === null) throw voidLink()
    const { login, name } = await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    await endSessionsOf(tx, userId, now)
    await notifyWith(tx, { topic: 'access', user: userId })
    return { userId, login, name, purpose }
  }, waits)
}
