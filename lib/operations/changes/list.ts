import { z } from 'zod'
import { scopeOf, type Actor } from '../../access/index.ts'
import { toActivity } from '../../access/activities.ts'
import type { Prisma } from '../../database/generated/client.ts'
import { prisma } from '../../database/index.ts'
import { listTimeline, type TimelineQuery } from '../../inventory/index.ts'
import { Change, ChangesHead, ChangesQuery } from '../../model/change.ts'
import type { LiveList } from '../../model/live.ts'
import type { Topic } from '../../model/topic.ts'
import { operation } from '../operation.ts'
import { visibleActivities, wantedActivities } from './activities.ts'
import { withCauses } from './causes.ts'
import { mergePage, parseCursor, parsePlace, type Cursor } from './merge.ts'

type Events = NonNullable<TimelineQuery['events']>
const none = Promise.resolve<Change[]>([])

/** Further down the list than this place. */
function below(place: string | null): Prisma.ActivityWhereInput {
  if (place === null) return {}
  const { at, id } = parsePlace(place)
  return { startedAt: { lte: at }, NOT: { startedAt: at, id: { gte: id } } }
}

async function readActivities(actor: Actor, query: ChangesQuery, from: Cursor): Promise<Change[]> {
  const rows = await prisma().activity.findMany({
    where: {
      AND: [visibleActivities(actor, scopeOf(actor, 'viewer')), wantedActivities(query), below(from.activities)],
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  })
  return rows.map((row) => ({ type: 'activity', id: row.id, at: row.startedAt.toISOString(), activity: toActivity(row) }))
}

async function readTimeline(actor: Actor, query: ChangesQuery, from: Cursor, events: Events): Promise<Change[]> {
  const { environment, kind, key, since, until, text } = query
  const before = from.timeline ?? undefined
  return listTimeline({ environment, kind, key, since, until, text, before, events, limit: query.limit + 1 }, scopeOf(actor, 'viewer'))
}

/** What only people have: asking for it leaves out what changed by itself. */
const byPeople = (query: ChangesQuery) => query.source === 'people' || Boolean(query.who || query.outcome?.length || query.batch)

/** The newest changes that fit, of both sources. Where there is little room, `events: 'none'` leaves out what engines say over and over. */
export async function readChanges(
  actor: Actor,
  query: ChangesQuery,
  events: Events = 'noted',
): Promise<{ rows: Change[]; next: string | null }> {
  const from = parseCursor(query.before)
  const [activities, timeline] = await Promise.all([
    query.source === 'itself' ? none : readActivities(actor, query, from),
    byPeople(query) ? none : readTimeline(actor, query, from, events),
  ])
  const { rows, next } = mergePage(activities, timeline, query.limit, from)
  return { rows: await withCauses(actor, rows), next }
}

/** Wakes on what `changes.list` shows: what people do, and what engines say. */
export const changeTopics = (environment?: string, kind?: string): Topic[] => [
  { topic: 'activities', ...(environment && { environment }) },
  { topic: 'rows', ...(environment && { environment }), ...(kind && { kind }) },
  { topic: 'events', ...(environment && { environment }) },
]

export const listChanges = operation({
  name: 'changes.list',
  summary: 'What was done by people and what changed by itself, newest first',
  requires: 'viewer',
  input: ChangesQuery,
  output: z.object({ rows: z.array(Change), head: ChangesHead }),
  changes: false,
  wakes: (query) => changeTopics(query.environment, query.kind),
  // People bound to environments also see what they themselves did to none of them: signing in, their own settings.
  personal: true,
  async run({ actor }, query): Promise<LiveList<Change, ChangesHead>> {
    const startedAt = performance.now()
    const { rows, next } = await readChanges(actor, query)
    return { rows, head: { next, tookMs: Math.round(performance.now() - startedAt) } }
  },
})
