import { prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { Login } from '../model/person.ts'
import { countAttempt } from './limits.ts'
import { verifyPassword } from './passwords.ts'
import { startSession, type SignedInFrom } from './sessions.ts'

export interface Attempt extends SignedInFrom {
  login: string
  password: string
}

/**
 * Checks login and password and starts a session; answers its id. Throws `unauthenticated` for anything that does not
 * fit, in the same time and words whether the login exists or not, and `rate_limited` when there were too many.
 */
export async function signIn(attempt: Attempt, now: Date = new Date()): Promise<string> {
  const login = attempt.login.trim().toLowerCase().slice(0, 200)
  const takeBack = await countAttempt(login, attempt.address)
  // What can be nobody's login is not asked of the database: it has no place for every character.
  const user = Login.safeParse(login).success ? await prisma().user.findUnique({ where: { login } }) : null
  const usable = user && !user.disabledAt ? user : null
  const fits = await verifyPassword(usable?.passwordHash ?? null, attempt.password.slice(0, 1000))
  if (!usable || !fits)
    throw new AppError('unauthenticated', 'Name or password is not right.', { reason: { code: 'credentials_not_right' } })
  await takeBack()
  return startSession(usable.id, attempt, now)
}
