import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { notify, prisma } from '../../database/index.ts'
import { removeEnvironment as forget } from '../../inventory/index.ts'
import { dropConnection } from '../engine-connections.ts'
import { EnvironmentId, Why } from '../inputs.ts'
import { operation } from '../operation.ts'
import { checkWhy, findEnvironment } from './rows.ts'

/**
 * Paused first, so that nothing follows it while its rows go; its own row goes last, so that after a crash half way
 * it is still there to be removed again.
 */
async function remove(id: number, now: Date): Promise<void> {
  await prisma().environment.update({ where: { id }, data: { pausedAt: now, state: 'paused', stateSince: now } })
  await notify(null, { topic: 'environments', environment: String(id) })
  dropConnection(id)
  await forget(id)
  await prisma().environment.delete({ where: { id } })
  // A batch that was on its way when the pause came is void now: its environment is gone.
  await forget(id)
}

export const removeEnvironment = operation({
  name: 'environments.remove',
  summary: 'Forgets an environment: rows, history and credentials. Nothing happens to the engine itself',
  requires: 'administrator',
  input: z.object({ environment: EnvironmentId, why: Why }),
  output: z.undefined(),
  changes: true,
  async run({ actor, now, requestId }, { environment, why }) {
    const row = await findEnvironment(actor, environment)
    checkWhy(row, why)
    const wanted = { verb: 'environment.remove', environment: row, name: row.name, why, requestId }
    await recordActivity(actor, wanted, () => remove(row.id, now()))
    // Its roles went with it.
    await notify(null, { topic: 'access' })
    await notify(null, { topic: 'environments', environment })
    await notify(null, { topic: 'access' })
    return undefined
  },
})
