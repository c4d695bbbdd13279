import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { scopeOf } from '../../access/index.ts'
import type { EnvironmentModel } from '../../database/generated/models/Environment.ts'
import { AppError } from '../../errors/index.ts'
import { Headroom } from '../../model/headroom.ts'
import { once } from '../../once.ts'
import { connectTo } from '../engine-connections.ts'
import { EnvironmentId } from '../inputs.ts'
import { operation } from '../operation.ts'
import { findEnvironment } from './rows.ts'

/** Measuring costs the engine something: whoever asks within this time gets the same figures. */
const freshMs = 60_000
const measureWithinMs = 30_000

const measured = () =>
  once(
    'operations.headroom',
    () =>
      new LRUCache<string, Headroom, EnvironmentModel>({
        max: 200,
        ttl: freshMs,
        fetchMethod: (_name, _old, { context: row, signal }) =>
          connectTo(row).headroom(AbortSignal.any([signal, AbortSignal.timeout(measureWithinMs)])),
      }),
  )

export const readHeadroom = operation({
  name: 'environments.headroom',
  summary: 'What the machine of an environment has, and what of it the engine uses, measured at most a minute ago',
  requires: 'viewer',
  input: z.object({ environment: EnvironmentId }),
  output: Headroom,
  changes: false,
  async run({ actor }, { environment }): Promise<Headroom> {
    const row = await findEnvironment(actor, environment)
    // Of the machine as a whole: not for who is bound to a part of it.
    const whole = scopeOf(actor, 'viewer').some((place) => place.namespaces === null && [null, environment].includes(place.environment))
    if (!whole)
      throw new AppError('forbidden', `You may see namespaces of ${row.name}, and not its machine.`, {
        reason: { code: 'headroom_of_the_whole', params: { environment: row.name } },
      })
    return measured().forceFetch(`${row.id}/${row.revision}`, { context: row })
  },
})
