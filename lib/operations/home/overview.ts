import { z } from 'zod'
import { scopeOf, type Scope } from '../../access/index.ts'
import { countHealth, listProblems } from '../../inventory/index.ts'
import { ChangesQuery } from '../../model/change.ts'
import { behindInMs, Environment } from '../../model/environment.ts'
import { EnvironmentOverview } from '../../model/home.ts'
import type { LiveList } from '../../model/live.ts'
import { Row } from '../../model/resource.ts'
import { silentAfterMs } from '../../settings.ts'
import { changeTopics, readChanges } from '../changes/list.ts'
import { readEnvironment } from '../environments/read.ts'
import { EnvironmentId } from '../inputs.ts'
import { operation } from '../operation.ts'
import { cardsOf } from './read.ts'

const mostProblems = 20
/** More than are shown: those that say the same again stand as one. */
const mostChanges = 36

/** What of a scope lies in one environment. Pure. */
export const narrowed = (scope: Scope, environment: string): Scope =>
  scope
    .filter((place) => place.environment === null || place.environment === environment)
    .map(({ namespaces }) => ({ environment, namespaces }))

export const readOverview = operation({
  name: 'environments.overview',
  summary: 'One environment: how much of what it holds, its problems and what changed lately',
  requires: 'viewer',
  input: z.object({ environment: EnvironmentId }),
  output: z.object({ rows: z.array(Row), head: EnvironmentOverview }),
  changes: false,
  wakes: ({ environment }) => [...changeTopics(environment), { topic: 'environments', environment }],
  async run(context, { environment }): Promise<LiveList<Row, EnvironmentOverview>> {
    // Of all that is known, only what everybody may see who sees the environment: not how it is connected to.
    const known = Environment.parse(await readEnvironment.run(context, { environment }))
    const scope = narrowed(scopeOf(context.actor, 'viewer'), environment)
    const [rows, counts, { rows: changes }] = await Promise.all([
      listProblems(scope, mostProblems),
      countHealth(scope),
      readChanges(context.actor, ChangesQuery.parse({ environment, limit: mostChanges })),
    ])
    const againAfterMs = behindInMs([known], context.now(), silentAfterMs())
    return {
      rows,
      againAfterMs,
      head: { environment: known, kinds: cardsOf([known], counts)[0]?.kinds ?? {}, changes },
    }
  },
})
