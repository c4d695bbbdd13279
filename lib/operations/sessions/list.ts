import { z } from 'zod'
import { listSessions } from '../../access/sessions.ts'
import type { LiveList } from '../../model/live.ts'
import { Session } from '../../model/person.ts'
import { QueryFlag } from '../inputs.ts'
import { operation } from '../operation.ts'

export const listSessionsOperation = operation({
  name: 'sessions.list',
  summary: 'Where you are signed in, the latest seen first; an administrator may ask for everybody',
  requires: 'signed-in',
  input: z.object({ everybody: QueryFlag.default(false) }),
  output: z.object({ rows: z.array(Session), head: z.object({}) }),
  changes: false,
  sessionOnly: true,
  wakes: () => [{ topic: 'access' }],
  personal: true,
  async run({ actor, now }, { everybody }): Promise<LiveList<Session, Record<string, never>>> {
    return { rows: await listSessions(actor, everybody, now()), head: {} }
  },
})
