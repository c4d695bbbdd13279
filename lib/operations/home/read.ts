import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { countHealth, listProblems } from '../../inventory/index.ts'
import { ChangesQuery, type Change } from '../../model/change.ts'
import type { Environment } from '../../model/environment.ts'
import { isProblem } from '../../model/health.ts'
import { HomeHead, type EnvironmentCard } from '../../model/home.ts'
import type { HealthCount } from '../../model/inventory.ts'
import type { LiveList } from '../../model/live.ts'
import { Row } from '../../model/resource.ts'
import { changeTopics, readChanges } from '../changes/list.ts'
import { listEnvironments } from '../environments/list.ts'
import { operation } from '../operation.ts'

/** More are counted, and stand in the inventory. */
const mostProblems = 50
const mostChanges = 14
const lately = ChangesQuery.parse({ limit: 3 * mostChanges })

/** Whether what an environment says is of now; what a silent one last said may be long over. */
const answers = ({ state }: Environment) => state === 'live' || state === 'behind'

const sum = (cards: readonly EnvironmentCard[], health: 'failing' | 'degraded') =>
  cards
    .filter(({ environment }) => answers(environment))
    .flatMap(({ kinds }) => Object.values(kinds))
    .reduce((total, counts) => total + (counts[health] ?? 0), 0)

/** Each environment with what it holds, by kind and health. Pure. */
export function cardsOf(environments: readonly Environment[], counts: readonly HealthCount[]): EnvironmentCard[] {
  const byEnvironment = new Map<string, EnvironmentCard['kinds']>()
  for (const { environment, kind, health, count } of counts) {
    const kinds = byEnvironment.get(environment) ?? {}
    byEnvironment.set(environment, kinds)
    ;(kinds[kind] ??= {})[health] = count
  }
  return environments.map((environment) => ({ environment, kinds: byEnvironment.get(environment.id) ?? {} }))
}

/** Where there is little room, the activity alone tells of what it set off, unless that is a problem. Pure. */
export const tellingOf = (changes: readonly Change[]): Change[] =>
  changes
    .filter((change) => change.type !== 'change' || !change.after || (change.to !== null && isProblem(change.to)))
    .slice(0, mostChanges)

/** The totals that the first sentence of Home says. */
export const headOf = (cards: EnvironmentCard[], changes: HomeHead['changes']): HomeHead => ({
  environments: cards,
  failing: sum(cards, 'failing'),
  degraded: sum(cards, 'degraded'),
  changes,
})

export const readHome = operation({
  name: 'home.read',
  summary: 'What is failing or degraded, worst first, with every environment and what changed lately',
  // Who holds no role yet is told so by the page, not refused.
  requires: 'signed-in',
  input: z.object({}),
  output: z.object({ rows: z.array(Row), head: HomeHead }),
  changes: false,
  wakes: () => [...changeTopics(), { topic: 'environments' }],
  // As in changes.list.
  personal: true,
  async run(context): Promise<LiveList<Row, HomeHead>> {
    const scope = scopeOf(context.actor, 'viewer')
    const [problems, counts, environments, changes] = await Promise.all([
      listProblems(scope, mostProblems, { answering: true }),
      countHealth(scope),
      listEnvironments.run(context, {}),
      readChanges(context.actor, lately, 'none'),
    ])
    return {
      rows: problems,
      head: headOf(cardsOf(environments.rows, counts), tellingOf(changes.rows)),
      againAfterMs: environments.againAfterMs,
    }
  },
})
