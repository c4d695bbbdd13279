import { AppError } from '../errors/index.ts'
import { once } from '../once.ts'

/**
 * Logs that may be followed or downloaded at once. Each is a connection of its own to the engine and a descriptor here,
 * of which a process commonly has 1,024: a person gets as many as one log merged of a hundred containers takes, an
 * environment four such people. Counted by each web process for itself; with several webs the bound is that much higher.
 */
export const mostStreams = { perPerson: 100, perEnvironment: 400 }

type Holders = Map<string, number>
const holders = (): { people: Holders; environments: Holders } =>
  once('operations.heldStreams', () => ({ people: new Map(), environments: new Map() }))

/** How many are held now, whoever holds them. */
export const heldStreams = (): number => [...holders().environments.values()].reduce((sum, open) => sum + open, 0)

function count(of: Holders, id: string, by: 1 | -1): void {
  const now = (of.get(id) ?? 0) + by
  if (now > 0) of.set(id, now)
  else of.delete(id)
}

const tooMany = (code: string, message: string, open: number) =>
  new AppError('rate_limited', message, { reason: { code, params: { open } }, retryAfterSeconds: 10 })

/**
 * Runs through a stream as one of those that are held: it counts from the first item that is asked for until it ends or
 * is left. Throws `rate_limited` when too many are open, saying how many and what to do.
 */
export async function* holdStream<T>(holder: { userId: string; environment: string }, open: () => AsyncIterable<T>): AsyncGenerator<T> {
  const { people, environments } = holders()
  const own = people.get(holder.userId) ?? 0
  if (own >= mostStreams.perPerson)
    throw tooMany('too_many_streams', `You have ${own} logs open, and more are not possible at once. Close some and try again.`, own)
  const there = environments.get(holder.environment) ?? 0
  if (there >= mostStreams.perEnvironment)
    throw tooMany(
      'too_many_streams_there',
      `Of this environment ${there} logs are open, by all together, and more are not possible at once. Try again when somebody closed one.`,
      there,
    )
  count(people, holder.userId, 1)
  count(environments, holder.environment, 1)
  try {
    yield* open()
  } finally {
    count(people, holder.userId, -1)
    count(environments, holder.environment, -1)
  }
}
