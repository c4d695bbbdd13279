import { z } from 'zod'
import { knows, scopeOf } from '../../access/index.ts'
import { prisma } from '../../database/index.ts'
import { countHealth } from '../../inventory/index.ts'
import { behindInMs, Environment } from '../../model/environment.ts'
import type { LiveList } from '../../model/live.ts'
import { silentAfterMs } from '../../settings.ts'
import { operation } from '../operation.ts'
import { toEnvironment } from './rows.ts'

export const listEnvironments = operation({
  name: 'environments.list',
  summary: 'Every environment you may know of, by name, with its state and how much of it has which health',
  // Who holds no role yet sees an empty list and is told so by the page.
  requires: 'signed-in',
  input: z.object({}),
  output: z.object({ rows: z.array(Environment), head: z.object({}), againAfterMs: z.number().nullish() }),
  changes: false,
  wakes: () => [{ topic: 'environments' }, { topic: 'rows' }],
  async run({ actor, now }): Promise<LiveList<Environment, Record<string, never>>> {
    const [rows, counts] = await Promise.all([
      prisma().environment.findMany({ orderBy: { name: 'asc' } }),
      countHealth(scopeOf(actor, 'viewer')),
    ])
    const at = now()
    const environments = rows.filter((row) => knows(actor, String(row.id))).map((row) => toEnvironment(row, counts, at))
    return { rows: environments, head: {}, againAfterMs: behindInMs(environments, at, silentAfterMs()) }
  },
})
