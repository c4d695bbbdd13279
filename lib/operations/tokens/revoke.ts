import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { findToken, revokeToken } from '../../access/tokens.ts'
import { operation } from '../operation.ts'

export const revokeTokenOperation = operation({
  name: 'tokens.revoke',
  summary: 'Ends an API token at once: your own, or anybody’s as administrator',
  requires: 'signed-in',
  input: z.object({ id: z.uuid() }),
  output: z.undefined(),
  changes: true,
  sessionOnly: true,
  async run({ actor, now, requestId }, { id }) {
    const token = await findToken(actor, id)
    const input = token.own ? {} : { of: token.userName }
    await recordActivity(actor, { verb: 'token.revoke', name: token.name, input, requestId }, () => revokeToken(token, now()))
    return undefined
  },
})
