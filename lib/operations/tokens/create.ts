import { recordActivity } from '../../access/index.ts'
import { createToken } from '../../access/tokens.ts'
import { MadeToken, NewToken } from '../../model/token.ts'
import { operation } from '../operation.ts'

export const createTokenOperation = operation({
  name: 'tokens.create',
  summary: 'Makes an API token of yours; its secret is told in this answer and never again',
  requires: 'signed-in',
  input: NewToken,
  output: MadeToken,
  changes: true,
  sessionOnly: true,
  run: ({ actor, now, requestId }, wanted) =>
    recordActivity(
      actor,
      { verb: 'token.create', name: wanted.name, input: { role: wanted.role, expiresAt: wanted.expiresAt }, requestId },
      () => createToken(actor, wanted, now()),
    ),
})
