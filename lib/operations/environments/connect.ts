import { z } from 'zod'
import { recordActivity } from '../../access/index.ts'
import { notify, Prisma, prisma } from '../../database/index.ts'
import { Environment, Flag } from '../../model/environment.ts'
import { nextFlag } from '../../model/flag.ts'
import { operation } from '../operation.ts'
import { alreadyConnected, connectedAs, ConnectionInput, nameTaken, probeToSave, readReach } from './connection.ts'
import { toEnvironment } from './rows.ts'
import { Description, EnvironmentName, Stage } from './schemas.ts'

const Input = z.object({
  engine: z.string().max(50),
  name: EnvironmentName,
  stage: Stage,
  description: Description.default(''),
  /** Production is, unless this says otherwise. */
  protected: z.boolean().optional(),
  flag: Flag.optional(),
  ...ConnectionInput,
})

const isTaken = (error: unknown): boolean => error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'

async function create(input: z.output<typeof Input>, signal: AbortSignal) {
  const reach = readReach(input.engine, input)
  const found = await probeToSave(reach, signal)
  const other = await connectedAs(found.engineId)
  if (other) throw alreadyConnected(other)
  const flag = input.flag ?? nextFlag(input.name, await prisma().environment.count())
  try {
    return await prisma().environment.create({
      data: {
        name: input.name,
        engine: input.engine,
        stage: input.stage,
        flagHue: flag.hue,
        flagPattern: flag.pattern,
        flagCode: flag.code,
        description: input.description,
        protected: input.protected ?? input.stage === 'prod',
        settings: reach.settings as Prisma.InputJsonObject,
        secrets: reach.sealed,
        engineId: found.engineId,
        engineVersion: found.version,
        lastContactAt: new Date(),
      },
    })
  } catch (error) {
    if (!isTaken(error)) throw error
    // Of two that connect the same engine at once, the second finds the first here.
    const winner = await connectedAs(found.engineId)
    throw winner ? alreadyConnected(winner) : nameTaken(input.name)
  }
}

export const connectEnvironment = operation({
  name: 'environments.connect',
  summary: 'Connects an engine: asks it who it is, then saves it',
  requires: 'administrator',
  input: Input,
  output: Environment,
  changes: true,
  async run({ actor, requestId, signal, now }, input) {
    const { engine, name, stage, description } = input
    const wanted = { verb: 'environment.connect', name, input: { engine, stage, description }, requestId }
    const row = await recordActivity(actor, wanted, () => create(input, signal))
    await notify(null, { topic: 'environments', environment: String(row.id) })
    return toEnvironment(row, [], now())
  },
})
