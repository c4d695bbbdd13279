import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import { searchRows } from '../../inventory/index.ts'
import { SearchAnswer } from '../../model/search.ts'
import { listEnvironments } from '../environments/list.ts'
import { operation } from '../operation.ts'
import { matchedPart } from './match.ts'

const most = 20

export const findResources = operation({
  name: 'search.find',
  summary: 'Resources of everything you may see, by name, image, id, label, address or port',
  requires: 'viewer',
  input: z.object({ q: z.string().trim().min(1).max(200) }),
  output: SearchAnswer,
  changes: false,
  async run(context, { q }): Promise<SearchAnswer> {
    const startedAt = performance.now()
    const [found, environments] = await Promise.all([
      searchRows(q, scopeOf(context.actor, 'viewer'), most + 1),
      listEnvironments.run(context, {}),
    ])
    const notCovered = environments.rows
      .filter(({ state }) => state !== 'live')
      .map(({ id, name, state }) => ({ environment: id, name, reason: { code: `search_${state}` } }))
    return {
      hits: found.slice(0, most).map((row) => ({ ...row, matched: matchedPart(row, q) })),
      more: found.length > most,
      notCovered,
      tookMs: Math.round(performance.now() - startedAt),
    }
  },
})
