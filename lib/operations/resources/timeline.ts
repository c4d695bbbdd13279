import { z } from 'zod'
import { Change, ChangesHead, ChangesQuery } from '../../model/change.ts'
import type { LiveList } from '../../model/live.ts'
import { readChanges } from '../changes/list.ts'
import { findEnvironment } from '../environments/rows.ts'
import { ResourcePlace } from '../inputs.ts'
import { operation } from '../operation.ts'
import { kindIn } from './target.ts'

const Input = ResourcePlace.extend(ChangesQuery.pick({ text: true, since: true, until: true, before: true, limit: true }).shape)

/** Outlives the resource: what happened to a name is told after the thing is gone, to who may see such things there. */
export const readTimeline = operation({
  name: 'resources.timeline',
  summary: 'What happened to one resource: events of its engine, changes of its health, and what people did',
  requires: 'viewer',
  input: Input,
  output: z.object({ rows: z.array(Change), head: ChangesHead }),
  changes: false,
  wakes: ({ environment }) => [
    { topic: 'activities', environment },
    { topic: 'rows', environment },
    { topic: 'events', environment },
  ],
  async run({ actor }, { kind: kindName, ...input }): Promise<LiveList<Change, ChangesHead>> {
    const startedAt = performance.now()
    const kind = kindIn(await findEnvironment(actor, input.environment), kindName).name
    const { rows, next } = await readChanges(actor, ChangesQuery.parse({ ...input, kind }), 'all')
    return { rows, head: { next, tookMs: Math.round(performance.now() - startedAt) } }
  },
})
