import { z } from 'zod'
import type { LiveList } from '../../model/live.ts'
import { type TerminalRow, terminalRole } from '../../model/terminal.ts'
import { ResourcePlace } from '../inputs.ts'
import { operation } from '../operation.ts'
import { allowOn, findTarget } from '../resources/target.ts'
import { livingTerminals, toTerminalRow } from './rows.ts'
import { Terminal } from './schemas.ts'

export const listTerminals = operation({
  name: 'terminals.list',
  summary: 'The terminals that are open in one resource, whoever opened them: any of them can be watched',
  requires: 'viewer',
  input: ResourcePlace,
  output: z.object({ rows: z.array(Terminal), head: z.object({}) }),
  changes: false,
  wakes: ({ environment }) => [{ topic: 'terminals', environment }],
  async run({ actor }, input): Promise<LiveList<TerminalRow, Record<string, never>>> {
    const target = await findTarget(actor, input)
    allowOn(actor, terminalRole, target)
    const { kind, found, environment } = target
    const rows = await livingTerminals({ environmentId: environment.id, kind: kind.name, key: found.row.key })
    return { rows: rows.map(toTerminalRow), head: {} }
  },
})
