import { z } from 'zod'
import { type Actor, knownActivity, settleActivity, startActivity } from '../../access/index.ts'
import { databaseNow, prisma, type Prisma } from '../../database/index.ts'
import type { TerminalModel } from '../../database/generated/models/Terminal.ts'
import type { EngineTerminal } from '../../engines/engine.ts'
import { AppError } from '../../errors/index.ts'
import { log } from '../../log.ts'
import { systemClock } from '../../model/clock.ts'
import { largestTerminal, terminalRole } from '../../model/terminal.ts'
import { settings } from '../../settings.ts'
import { heldTerminals, holderId } from '../../terminals/held.ts'
import { TerminalSession } from '../../terminals/session.ts'
import { connectTo } from '../engine-connections.ts'
import { checkWhy } from '../environments/rows.ts'
import { IdempotencyKey, ResourcePlace, Why } from '../inputs.ts'
import { operation } from '../operation.ts'
import { checkAnswers } from '../resources/act.ts'
import { allowOn, findTarget, type Target } from '../resources/target.ts'
import { whileRunning } from '../running.ts'
import { keepTerminals } from './keep.ts'
import { endRow, tellTerminals, terminalOf, toTerminalRow } from './rows.ts'
import { Terminal } from './schemas.ts'

/** Each is a program on an engine and a screen in the memory of a web process. */
const mostOfAPerson = 10
const mostInAnEnvironment = 50
/** Finding a shell asks the engine several times. */
const openWithinMs = 20_000

const Word = z.string().min(1).max(2_000)
const Input = ResourcePlace.extend({
  uid: z.string().min(1).max(500).meta({ description: 'Of the life that was seen: another one under the same key is a conflict' }),
  mode: z.enum(['exec', 'attach']).default('exec'),
  command: z.array(Word).min(1).max(50).nullish().meta({ description: 'Program and arguments; the shell that exists when left out' }),
  user: z.string().trim().min(1).max(200).nullish(),
  workingDirectory: z.string().startsWith('/').max(1_000).nullish(),
  columns: z.number().int().min(2).max(largestTerminal.columns).default(80),
  rows: z.number().int().min(1).max(largestTerminal.rows).default(24),
  why: Why,
  idempotencyKey: IdempotencyKey,
})
type Input = z.output<typeof Input>

export const openTerminal = operation({
  name: 'terminals.open',
  summary: 'Opens a terminal in one resource; it is watched and typed in over the socket, channel `terminal`',
  requires: 'viewer',
  input: Input,
  output: Terminal,
  changes: true,
  async run({ actor, requestId, signal }, input) {
    const target = await findTarget(actor, input)
    allowOn(actor, terminalRole, target)
    if (!target.kind.streams.includes('terminal'))
      throw new AppError('unsupported', `${target.kind.plural} have no terminals.`, { reason: { code: 'no-terminal' } })
    checkWhy(target.environment, input.why)
    const wanted = { ...activityOf(target, input), idempotencyKey: input.idempotencyKey, requestId }
    const known = await knownActivity(actor, wanted)
    if (known) return toTerminalRow(await terminalOf(known.id))
    checkAnswers(target)
    await checkCaps(prisma(), actor, target, await databaseNow())
    const { activity } = await startActivity(actor, wanted)
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(openWithinMs)])
      const terminal = await connectTo(target.environment).terminal(target.kind.name, target.found.row.key, optionsOf(input), within)
      return toTerminalRow(await hold(actor, target, input, terminal, activity.id))
    } catch (failure) {
      await settleActivity(activity.id, { failure })
      throw failure
    }
  },
})

const optionsOf = ({ uid, mode, command = null, user = null, workingDirectory = null, columns, rows }: Input) => ({
  uid,
  mode,
  command,
  user,
  workingDirectory,
  size: { columns, rows },
})

/** Who opened what: of a command line only the program, for the rest may hold a secret. */
const activityOf = ({ environment, kind, found }: Target, { mode, command, user, workingDirectory, why }: Input) => ({
  verb: 'resource.terminal',
  environment: { id: environment.id, name: environment.name },
  resource: { kind: kind.name, key: found.row.key, name: found.row.name, namespace: found.row.namespace },
  input: { mode, ...(command && { program: command[0] }), ...(user && { user }), ...(workingDirectory && { workingDirectory }) },
  why,
})

async function checkCaps(client: Prisma.TransactionClient, actor: Actor, { environment }: Target, now: Date): Promise<void> {
  const living = { endedAt: null, leaseUntil: { gt: now } }
  const own = await client.terminal.count({ where: { ...living, userId: actor.userId } })
  const inIt = await client.terminal.count({ where: { ...living, environmentId: environment.id } })
  const tooMany = (code: string, most: number) =>
    new AppError('rate_limited', `${most} terminals are open already. Close one first.`, {
      reason: { code, params: { most, environment: environment.name } },
    })
  if (own >= mostOfAPerson) throw tooMany('terminals-of-a-person', mostOfAPerson)
  if (inIt >= mostInAnEnvironment) throw tooMany('terminals-in-an-environment', mostInAnEnvironment)
}

/** From here on it lives in this process, whoever looks at it, until it ends. */
async function hold(actor: Actor, target: Target, input: Input, terminal: EngineTerminal, activityId: string): Promise<TerminalModel> {
  const { terminalIdleMs: idleMs } = settings()
  const row = await write(actor, target, input, terminal, activityId).catch((failure: unknown) => {
    terminal.close()
    throw failure
  })
  const session = new TerminalSession({ terminal, size: { columns: input.columns, rows: input.rows }, clock: systemClock, idleMs })
  const { userId, via } = actor
  const finished = whileRunning(activityId, () => finish(row.id, session, activityId)).catch((error: unknown) =>
    log().error({ err: error, activity: activityId }, 'the end of a terminal could not be written'),
  )
  heldTerminals().set(row.id, { session, finished, userId, via, environment: String(row.environmentId), namespace: row.namespace })
  keepTerminals()
  await tellTerminals(row.environmentId)
  return row
}

async function finish(id: string, session: TerminalSession, activityId: string): Promise<void> {
  const { reason, failure } = await session.ended
  try {
    // First, so that who asks for it in between is told how it ended and not that it is gone.
    await endRow(id, reason)
  } finally {
    heldTerminals().delete(id)
    await settleActivity(activityId, failure === undefined ? {} : { failure })
  }
}

/** Of those who open at once each waits for the others, so that no bound is overstepped. */
async function write(actor: Actor, target: Target, input: Input, terminal: EngineTerminal, activityId: string): Promise<TerminalModel> {
  const { environment, kind, found } = target
  const { leaseVoidMs, internalUrl } = settings()
  const of = { kind: kind.name, key: found.row.key, uid: input.uid, name: found.row.name, namespace: found.row.namespace }
  const by = { userId: actor.userId, userName: actor.name, activityId }
  const as = { environmentId: environment.id, mode: input.mode, program: terminal.program }
  const now = await databaseNow()
  return prisma().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('portolan.terminals'))`
    await checkCaps(tx, actor, target, now)
    const at = { holder: holderId(), address: internalUrl, openedAt: now, leaseUntil: new Date(now.getTime() + leaseVoidMs) }
    return tx.terminal.create({ data: { ...as, ...of, ...by, ...at } })
  })
}
