import { prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { Theme } from '../model/person.ts'
import type { Actor } from './actor.ts'
import { countAttempt } from './limits.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { voidLinks } from './links.ts'
import { endOtherSessions } from './sessions.ts'

/** Changes what a person may change of themselves. */
export async function changeProfile(actor: Actor, change: { name?: string; language?: 'en' | 'fr' | null; theme?: Theme }): Promise<void> {
  await prisma().user.update({ where: { id: actor.userId }, data: change })
}

/**
 * Sets a new password and, unless they are to be kept, ends every other session; answers how many. Throws `invalid_input`
 * when the present one is not right, `rate_limited` when that was tried too often (a session left open must not become a
 * way to guess it), and `blocked` of who has none here.
 */
export async function changePassword(
  actor: Actor,
  { current, next, keepSessions }: { current: string; next: string; keepSessions: boolean },
  now: Date = new Date(),
): Promise<number> {
  if (actor.provider !== null)
    throw new AppError('blocked', `Your password is kept by ${actor.provider}.`, {
      reason: { code: 'password_of_provider', params: { provider: actor.provider } },
    })
  const takeBack = await countAttempt(actor.login, actor.userId)
  const { passwordHash } = await prisma().user.findUniqueOrThrow({ where: { id: actor.userId } })
  if (!(await verifyPassword(passwordHash, current)))
    throw new AppError('invalid_input', 'The present password is not right.', {
      reason: { code: 'password_not_right' },
      details: { issues: [{ path: 'password.current', code: 'password_not_right', message: 'The present password is not right.' }] },
    })
  await takeBack()
  await prisma().user.update({ where: { id: actor.userId }, data: { passwordHash: await hashPassword(next) } })
  await voidLinks(prisma(), actor.userId)
  return keepSessions ? 0 : endOtherSessions(actor, now)
}
