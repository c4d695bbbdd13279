import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { endOtherSessions, endSession } from '../../access/sessions.ts'
import { operation } from '../operation.ts'

export const endSessionOperation = operation({
  name: 'sessions.end',
  summary: 'Ends a session at once: your own, or anybody’s as administrator',
  requires: 'signed-in',
  input: z.object({ id: z.uuid() }),
  output: z.undefined(),
  changes: true,
  sessionOnly: true,
  async run({ actor, now, requestId }, { id }) {
    await recordActivity(actor, { verb: 'session.end', input: { session: id }, requestId }, () => endSession(actor, id, now()))
    return undefined
  },
})

export const endOtherSessionsOperation = operation({
  name: 'sessions.endOthers',
  summary: 'Ends all your sessions but this one',
  requires: 'signed-in',
  input: z.object({}),
  output: z.object({ ended: z.number().int() }),
  changes: true,
  sessionOnly: true,
  async run({ actor, now, requestId }) {
    const ended = await recordActivity(actor, { verb: 'session.end', input: { others: true }, requestId }, () =>
      endOtherSessions(actor, now()),
    )
    return { ended }
  },
})
