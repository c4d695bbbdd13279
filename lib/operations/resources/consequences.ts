import { z } from 'zod'
import { Reason } from '../../model/reason.ts'
import { settings } from '../../settings.ts'
import { connectTo } from '../engine-connections.ts'
import { ResourcePlace } from '../inputs.ts'
import { operation } from '../operation.ts'
import { actionOf, allowOn, findTarget } from './target.ts'

export const readConsequences = operation({
  name: 'resources.consequences',
  summary: 'What an action would end, erase or cut off, asked of the engine before it is done',
  requires: 'viewer',
  input: ResourcePlace.extend({ action: z.string().max(100) }),
  output: z.object({ consequences: z.array(Reason) }),
  changes: false,
  async run({ actor, signal }, input) {
    const target = await findTarget(actor, input)
    const action = actionOf(target.kind, input.action)
    allowOn(actor, action.role, target)
    const limit = AbortSignal.any([signal, AbortSignal.timeout(settings().engineTimeoutMs)])
    const connection = connectTo(target.environment)
    return { consequences: await connection.consequences(target.kind.name, target.found.row.key, action.name, limit) }
  },
})
