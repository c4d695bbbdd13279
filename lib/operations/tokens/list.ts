import { z } from 'zod'
import { listTokens } from '../../access/tokens.ts'
import type { LiveList } from '../../model/live.ts'
import { Token } from '../../model/token.ts'
import { QueryFlag } from '../inputs.ts'
import { operation } from '../operation.ts'

export const listTokensOperation = operation({
  name: 'tokens.list',
  summary: 'Your API tokens without their secrets, the newest first; an administrator may ask for everybody’s',
  requires: 'signed-in',
  input: z.object({ everybody: QueryFlag.default(false) }),
  output: z.object({ rows: z.array(Token), head: z.object({}) }),
  changes: false,
  sessionOnly: true,
  wakes: () => [{ topic: 'access' }],
  personal: true,
  async run({ actor }, { everybody }): Promise<LiveList<Token, Record<string, never>>> {
    return { rows: await listTokens(actor, everybody), head: {} }
  },
})
