import { z } from 'zod'
import { recordActivity, scopeOf } from '../../access/index.ts'
import { notify, Prisma, prisma } from '../../database/index.ts'
import type { EnvironmentModel } from '../../database/generated/models/Environment.ts'
import type { ConnectionSettings } from '../../engines/engine.ts'
import { AppError } from '../../errors/index.ts'
import { countHealth } from '../../inventory/index.ts'
import { Environment, Flag } from '../../model/environment.ts'
import { dropConnection } from '../engine-connections.ts'
import { EnvironmentId, Why } from '../inputs.ts'
import { operation } from '../operation.ts'
import { alreadyConnected, connectedAs, ConnectionInput, nameTaken, probeToSave, readReach } from './connection.ts'
import { checkWhy, findEnvironment, toEnvironment } from './rows.ts'
import { Description, EnvironmentName, Stage } from './schemas.ts'

const Input = z.object({
  environment: EnvironmentId,
  name: EnvironmentName.optional(),
  stage: Stage.optional(),
  description: Description.optional(),
  protected: z.boolean().optional(),
  flag: Flag.optional(),
  settings: ConnectionInput.settings.optional(),
  secrets: ConnectionInput.secrets,
  why: Why,
})
type Input = z.output<typeof Input>

/** Another way to the same engine; to another engine it would be another environment. */
async function changedConnection(row: EnvironmentModel, input: Input, signal: AbortSignal) {
  if (!input.settings && !input.secrets) return {}
  const given = { settings: input.settings ?? (row.settings as ConnectionSettings), secrets: input.secrets }
  const reach = readReach(row.engine, given, row.secrets)
  const found = await probeToSave(reach, signal)
  if (found.engineId !== row.engineId) {
    const other = await connectedAs(found.engineId)
    if (other) throw alreadyConnected(other)
    throw new AppError(
      'conflict',
      `Another engine answers there than the one that ${row.name} is. Connect it as an environment of its own.`,
      {
        reason: { code: 'engine_is_another', params: { environment: row.name } },
      },
    )
  }
  return {
    settings: reach.settings as Prisma.InputJsonObject,
    secrets: reach.sealed,
    engineVersion: found.version,
    revision: { increment: 1 },
  }
}

async function change(row: EnvironmentModel, input: Input, signal: AbortSignal): Promise<EnvironmentModel> {
  const { name, stage, description, flag } = input
  const connection = await changedConnection(row, input, signal)
  const named = flag ? { flagHue: flag.hue, flagPattern: flag.pattern, flagCode: flag.code } : {}
  try {
    return await prisma().environment.update({
      where: { id: row.id },
      data: {
        name,
        stage,
        description,
        protected: input.protected ?? (stage === 'prod' && row.stage !== 'prod' ? true : undefined),
        ...named,
        ...connection,
      },
    })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw nameTaken(name ?? row.name)
    throw error
  }
}

/** What the audit log keeps: which fields, and of the connection only that it was changed. */
const changedFields = (input: Input): string[] =>
  Object.entries(input).flatMap(([field, value]) => (value !== undefined && field !== 'environment' && field !== 'why' ? [field] : []))

export const updateEnvironment = operation({
  name: 'environments.update',
  summary: 'Changes how an environment is called or reached; a new way to it is tried before it is saved',
  requires: 'administrator',
  input: Input,
  output: Environment,
  changes: true,
  async run({ actor, requestId, signal, now }, input) {
    const row = await findEnvironment(actor, input.environment)
    checkWhy(row, input.why)
    const wanted = {
      verb: 'environment.update',
      environment: row,
      name: row.name,
      input: { fields: changedFields(input) },
      why: input.why,
      requestId,
    }
    const saved = await recordActivity(actor, wanted, () => change(row, input, signal))
    if (saved.revision !== row.revision) dropConnection(row.id)
    await notify(null, { topic: 'environments', environment: input.environment })
    return toEnvironment(saved, await countHealth(scopeOf(actor, 'viewer')), now())
  },
})
