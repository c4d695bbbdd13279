import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { searchRows } from '../../inventory/index.ts'
import { within } from '../../model/rights.ts'
import { SearchAnswer } from '../../model/search.ts'
import { listEnvironments } from '../environments/list.ts'
import { operation } from '../operation.ts'
import { matchedPart } from './match.ts'

const most = 20

export const findResources = operation({
  name: 'search.find',
  summary: 'Resources of everything you may see, by name, image, id, label, address or port',
  requires: 'viewer',
  input: z.object({
    q: z.string().trim().min(1).max(200),
    environment: z
      .string()
      .regex(/^\d{1,9}$/)
      .optional(),
  }),
  output: SearchAnswer,
  changes: false,
  async run(context, { q, environment }): Promise<SearchAnswer> {
    const startedAt = performance.now()
    const seen = scopeOf(context.actor, 'viewer')
    const [found, environments] = await Promise.all([
      searchRows(q, environment === undefined ? seen : within(seen, environment), most + 1),
      listEnvironments.run(context, {}),
    ])
    const notCovered = environments.rows
      .filter(({ id, state }) => state !== 'live' && (environment === undefined || id === environment))
      .map(({ id, name, state }) => ({ environment: id, name, reason: { code: `search_${state}` } }))
    return {
      hits: found.slice(0, most).map((row) => ({ ...row, matched: matchedPart(row, q) })),
      more: found.length > most,
      notCovered,
      tookMs: Math.round(performance.now() - startedAt),
    }
  },
})
