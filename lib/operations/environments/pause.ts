import { z } from 'zod'
import { recordActivity, scopeOf, type Actor } from '../../access/index.ts'
import { notify, prisma } from '../../database/index.ts'
import { countHealth } from '../../inventory/index.ts'
import { Environment } from '../../model/environment.ts'
import { dropConnection } from '../engine-connections.ts'
import { EnvironmentId, Why } from '../inputs.ts'
import { operation } from '../operation.ts'
import { checkWhy, findEnvironment, toEnvironment } from './rows.ts'

const Input = z.object({ environment: EnvironmentId, why: Why })

async function setPaused(actor: Actor, { environment, why }: z.output<typeof Input>, pause: boolean, now: Date, requestId: string) {
  const row = await findEnvironment(actor, environment)
  checkWhy(row, why)
  const verb = pause ? 'environment.pause' : 'environment.resume'
  const saved = await recordActivity(actor, { verb, environment: row, name: row.name, why, requestId }, () =>
    prisma().environment.update({
      where: { id: row.id },
      data: { pausedAt: pause ? now : null, state: pause ? 'paused' : 'connecting', stateSince: now },
    }),
  )
  if (pause) dropConnection(row.id)
  await notify(null, { topic: 'environments', environment })
  return toEnvironment(saved, await countHealth(scopeOf(actor, 'viewer')), now)
}

export const pauseEnvironment = operation({
  name: 'environments.pause',
  summary: 'Stops following an environment; what is known of it stays, dated',
  requires: 'administrator',
  input: Input,
  output: Environment,
  changes: true,
  run: ({ actor, now, requestId }, input) => setPaused(actor, input, true, now(), requestId),
})

export const resumeEnvironment = operation({
  name: 'environments.resume',
  summary: 'Follows a paused environment again',
  requires: 'administrator',
  input: Input,
  output: Environment,
  changes: true,
  run: ({ actor, now, requestId }, input) => setPaused(actor, input, false, now(), requestId),
})
