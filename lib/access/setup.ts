import { prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { hasAdministrator, inTurn, waits } from './administrators.ts'
import { makeLink, readLink, takeLink, voidLink, type NewLink } from './links.ts'
import { hashPassword } from './passwords.ts'

/** A new link for the first administrator. Null when an administrator exists. */
export const createSetupLink = (now: Date = new Date()): Promise<NewLink | null> =>
  prisma().$transaction(async (tx) => {
    await inTurn(tx)
    return (await hasAdministrator(tx)) ? null : makeLink(tx, { purpose: 'administrator' }, now)
  }, waits)

/** A new link for one more administrator, for whoever runs the server: nobody who is locked out can ask for it. */
export const createAdministratorLink = (now: Date = new Date()): Promise<NewLink> =>
  prisma().$transaction(async (tx) => {
    await inTurn(tx)
    return makeLink(tx, { purpose: 'administrator' }, now)
  }, waits)

export const loginTaken = (login: string) =>
  new AppError('conflict', `The name ${login} is taken.`, { reason: { code: 'login_taken', params: { login } } })

export interface Claim {
  login: string
  name: string
  password: string
}

/** Makes an administrator: the first, or one more. Works once. Throws `not_found` for a link that is void and `conflict` for a login that is taken. */
export async function claimSetupLink(token: string, claim: Claim, now: Date = new Date()): Promise<{ userId: string }> {
  // Asked before any hashing: a made-up token must cost nothing.
  if ((await readLink(token, now))?.purpose !== 'administrator') throw voidLink()
  const passwordHash = await hashPassword(claim.password)
  return prisma().$transaction(async (tx) => {
    await inTurn(tx)
    await takeLink(tx, token, ['administrator'], now)
    if (await tx.user.findUnique({ where: { login: claim.login } })) throw loginTaken(claim.login)
    const bindings = { create: { role: 'administrator', namespaces: [] } }
    const user = await tx.user.create({ data: { login: claim.login, name: claim.name, passwordHash, bindings } })
    return { userId: user.id }
  }, waits)
}
