import { createHash, randomBytes } from 'node:crypto'
import { prisma, type Prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import { settings } from '../settings.ts'
import { hashPassword } from './passwords.ts'

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Whoever makes or uses a link waits here for the others: of twenty racing claims one makes an administrator. */
const lock = (tx: Prisma.TransactionClient) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('portolan.setup'))`

async function hasAdministrator(tx: Prisma.TransactionClient): Promise<boolean> {
  const found = await tx.roleBinding.findFirst({ where: { role: 'administrator', environmentId: null, user: { disabledAt: null } } })
  return found !== null
}

/** Whether somebody administers Portolan already. */
export const isSetUp = (): Promise<boolean> => hasAdministrator(prisma())

/** A new link: those made before and not used become void. Only the token's hash is kept. */
async function makeLink(tx: Prisma.TransactionClient, now: Date): Promise<{ token: string }> {
  const token = randomBytes(32).toString('base64url')
  await tx.setupLink.deleteMany({ where: { usedAt: null } })
  await tx.setupLink.create({ data: { tokenHash: hashOf(token), createdAt: now } })
  return { token }
}

/** A new link for the first administrator. Null when an administrator exists. */
export const createSetupLink = (now: Date = new Date()): Promise<{ token: string } | null> =>
  prisma().$transaction(async (tx) => {
    await lock(tx)
    return (await hasAdministrator(tx)) ? null : makeLink(tx, now)
  }, waits)

/** A new link for one more administrator, for whoever runs the server: nobody who is locked out can ask for it. */
export const createAdministratorLink = (now: Date = new Date()): Promise<{ token: string }> =>
  prisma().$transaction(async (tx) => {
    await lock(tx)
    return makeLink(tx, now)
  }, waits)

const waits = { maxWait: 10_000, timeout: 10_000 }

const voidLink = () =>
  new AppError('not_found', 'This link was used, replaced by a newer one, or is too old. Whoever runs the server can make a new one.', {
    reason: { code: 'setup_link_void' },
  })

const usableAfter = (now: Date): Date => new Date(now.getTime() - settings().setupLinkHours * 3_600_000)

/** Whether a link can still be used; for the page behind it. */
export async function isSetupLinkUsable(token: string, now: Date = new Date()): Promise<boolean> {
  const link = await prisma().setupLink.findFirst({
    where: { tokenHash: hashOf(token), usedAt: null, createdAt: { gt: usableAfter(now) } },
  })
  return link !== null
}

export interface Claim {
  login: string
  name: string
  password: string
}

/** Makes an administrator: the first, or one more. Works once. Throws `not_found` for a link that is void and `conflict` for a login that is taken. */
export async function claimSetupLink(token: string, claim: Claim, now: Date = new Date()): Promise<{ userId: string }> {
  // Asked before any hashing: a made-up token must cost nothing.
  if (!(await isSetupLinkUsable(token, now))) throw voidLink()
  const passwordHash = await hashPassword(claim.password)
  return prisma().$transaction(async (tx) => {
    await lock(tx)
    const used = await tx.setupLink.updateManyAndReturn({
      where: { tokenHash: hashOf(token), usedAt: null, createdAt: { gt: usableAfter(now) } },
      data: { usedAt: now },
    })
    if (!used.length) throw voidLink()
    if (await tx.user.findUnique({ where: { login: claim.login } }))
      throw new AppError('conflict', `The name ${claim.login} is taken.`, {
        reason: { code: 'login_taken', params: { login: claim.login } },
      })
    const bindings = { create: { role: 'administrator', namespaces: [] } }
    const user = await tx.user.create({ data: { login: claim.login, name: claim.name, passwordHash, bindings } })
    return { userId: user.id }
  }, waits)
}
