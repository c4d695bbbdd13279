import { prisma, type Prisma } from '../database/index.ts'

/** How long a transaction of people waits for the ones before it, in ms. */
export const waits = { maxWait: 10_000, timeout: 10_000 }

/** Whoever changes people or uses a link waits here for the others: of two who disable each other, one comes too late. */
export const inTurn = (tx: Prisma.TransactionClient) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('portolan.setup'))`

/** Who administers the whole fleet now. */
export const administersFleet = {
  disabledAt: null,
  bindings: { some: { role: 'administrator', environmentId: null, namespaces: { isEmpty: true } } },
} as const satisfies Prisma.UserWhereInput

/** One who was invited and never came cannot help anybody who is locked out. */
const cameIn = {
  OR: [{ passwordHash: { not: null } }, { subject: { not: null } }, { sessions: { some: {} } }],
} satisfies Prisma.UserWhereInput

/** Whether somebody (else than `but`) administers Portolan already. */
export async function hasAdministrator(tx: Prisma.TransactionClient, but?: string): Promise<boolean> {
  const found = await tx.user.findFirst({
    where: { ...administersFleet, ...cameIn, id: but === undefined ? undefined : { not: but } },
    select: { id: true },
  })
  return found !== null
}

export const isSetUp = (): Promise<boolean> => hasAdministrator(prisma())
