import type { Actor, Scope } from '../../access/index.ts'
import type { Prisma } from '../../database/generated/client.ts'
import type { ChangesQuery } from '../../model/change.ts'

/** Activities are seen by who sees the resource; what belongs to no environment by the whole fleet's viewers and by who did it. */
export function visibleActivities(actor: Actor, scope: Scope): Prisma.ActivityWhereInput {
  if (scope.some((place) => place.environment === null && place.namespaces === null)) return {}
  const places = scope.map(({ environment, namespaces }): Prisma.ActivityWhereInput => ({
    ...(environment === null ? { environmentId: { not: null } } : { environmentId: Number(environment) }),
    ...(namespaces === null ? {} : { namespace: { in: namespaces } }),
  }))
  return { OR: [...places, { environmentId: null, userId: actor.userId }] }
}

/** Prisma hands `%` and `_` on as they are, and LIKE would take them for anything. */
const like = (text: string) => ({ contains: text.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const })

/** What a query asks of the activities, without who may see them. */
export function wantedActivities(query: ChangesQuery): Prisma.ActivityWhereInput {
  return {
    ...(query.environment && { environmentId: Number(query.environment) }),
    ...(query.kind && { kind: query.kind }),
    ...(query.key && { key: query.key }),
    ...(query.batch && { batchId: query.batch }),
    ...(query.who && { userName: query.who }),
    ...(query.outcome?.length && { outcome: { in: query.outcome } }),
    ...((query.since || query.until) && {
      startedAt: { ...(query.since && { gte: query.since }), ...(query.until && { lt: query.until }) },
    }),
    ...(query.text && {
      OR: [
        { name: like(query.text) },
        { key: like(query.text) },
        { environmentName: like(query.text) },
        { userName: like(query.text) },
        { verb: like(query.text) },
        { why: like(query.text) },
        { output: like(query.text) },
      ],
    }),
  }
}
