import { prisma } from '../database/index.ts'
import type { Prisma } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { LinkPurpose, Person } from '../model/person.ts'
import { nameOfIssuer } from './oidc/issuer.ts'
import { inOrder, toBinding } from './bindings.ts'

/** People in one answer; who has more looks for a name. */
export const mostPeople = 1_000

const withAll = (now: Date) =>
  ({
    bindings: inOrder,
    links: { where: { usedAt: null, expiresAt: { gt: now } } },
    sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1 },
    _count: { select: { sessions: { where: { endedAt: null, expiresAt: { gt: now } } } } },
  }) satisfies Prisma.UserInclude

type Row = Prisma.UserGetPayload<{ include: ReturnType<typeof withAll> }>

function toPerson({ disabledAt, passwordHash, links: [link], sessions: [latest], _count, ...row }: Row): Person {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    provider: nameOfIssuer(row.issuer),
    state: disabledAt ? 'disabled' : passwordHash === null && row.issuer === null && !latest ? 'invited' : 'active',
    bindings: row.bindings.map(toBinding),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: latest?.lastSeenAt.toISOString() ?? null,
    sessions: disabledAt ? 0 : _count.sessions,
    link: link ? { purpose: link.purpose as LinkPurpose, expiresAt: link.expiresAt.toISOString() } : null,
  }
}

/** Prisma hands `%` and `_` on as they are, and LIKE would take them for anything. */
const like = (text: string) => ({ contains: text.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const })

/** Everybody who has an account, by name; of a text: whose name or account holds it. `total` counts all of these. */
export async function listPeople(text: string | undefined, now: Date): Promise<{ people: Person[]; total: number }> {
  const where: Prisma.UserWhereInput = text ? { OR: [{ name: like(text) }, { login: like(text) }] } : {}
  const [rows, total] = await Promise.all([
    prisma().user.findMany({ where, include: withAll(now), orderBy: [{ name: 'asc' }, { login: 'asc' }], take: mostPeople }),
    prisma().user.count({ where }),
  ])
  return { people: rows.map(toPerson), total }
}

/** Throws `not_found`. */
export async function readPerson(id: string, now: Date): Promise<Person> {
  const row = await prisma().user.findUnique({ where: { id }, include: withAll(now) })
  if (!row) throw new AppError('not_found', 'There is no such person.', { reason: { code: 'person_gone' } })
  return toPerson(row)
}
