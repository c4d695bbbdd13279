import type { z } from 'zod'
import { holds, holdsEverywhere, knows, noEnvironment, sessionOf, type Actor } from '../access/index.ts'
import { AppError } from '../errors/index.ts'
import type { Context, Operation, Requirement } from './operation.ts'

/** Everything of a context but who: what route() and the socket bring along. */
export type Circumstances = Omit<Context, 'actor'>

/** Throws `unauthenticated` or `forbidden`. */
export function checkRequirement(requires: Requirement, actor: Actor | null): asserts actor is Actor {
  if (requires === 'public') return
  if (!actor) throw new AppError('unauthenticated', 'Sign in first.', { reason: { code: 'signed_out' } })
  if (requires === 'signed-in') return
  const held = requires === 'administrator' ? holdsEverywhere(actor, requires) : holds(actor, requires)
  if (held) return
  const heldSome = (['operator', 'deployer', 'viewer'] as const).find((role) => holds(actor, role)) ?? 'none'
  throw new AppError('forbidden', `This needs the role ${requires}.`, {
    reason: { code: 'needs_role', params: { role: requires, held: heldSome } },
  })
}

/** The environments that an input names, whatever else it holds: its own, and those of a selection. */
function environmentsIn(raw: unknown): string[] {
  if (typeof raw !== 'object' || raw === null) return []
  const { environment, keys } = raw as { environment?: unknown; keys?: unknown }
  return [...(typeof environment === 'string' ? [environment] : []), ...(Array.isArray(keys) ? keys.flatMap(environmentsIn) : [])]
}

/** Throws `forbidden` where a token stands for a person and only the person will do. */
function checkSession({ sessionOnly }: Asked, actor: Actor | null, raw: unknown): void {
  if (!sessionOnly || !actor || sessionOf(actor.via) !== null) return
  const given = typeof raw === 'object' && raw !== null ? raw : {}
  if (sessionOnly !== true && !sessionOnly.some((field) => field in given)) return
  throw new AppError('forbidden', 'API tokens cannot do this: sign in. Tokens, sessions and passwords are managed by people alone.', {
    reason: { code: 'needs_session' },
  })
}

type Asked = Pick<Operation, 'requires' | 'sessionOnly'>

/**
 * May they at all, before anything is parsed? Who may not, and names an environment that he knows nothing of, hears
 * what he would hear if there were none: `not_found`. Throws `unauthenticated`, `forbidden`, `not_found`.
 */
export function admit(operation: Asked, actor: Actor | null, raw: unknown): void {
  try {
    checkRequirement(operation.requires, actor)
  } catch (refusal) {
    if (actor && environmentsIn(raw).some((environment) => !knows(actor, environment))) throw noEnvironment()
    throw refusal
  }
  checkSession(operation, actor, raw)
}

/** Nothing of ours nests deeper; a body over HTTP is held to it while it is read. */
const deepest = 20

/** Where text stands that no database and no JSON can hold: U+0000, half a surrogate pair; or null. */
function unkeepable(value: unknown, path: readonly string[] = []): string | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path.join('.') : null
  if (typeof value !== 'object' || value === null) return null
  if (path.length > deepest) return path.join('.')
  for (const [name, inner] of Object.entries(value)) {
    const found = unkeepable(name, [...path, '?']) ?? unkeepable(inner, [...path, name])
    if (found !== null) return found
  }
  return null
}

const unfit = (field: string) =>
  new AppError('invalid_input', `${field || 'input'}: holds what is no text, or nests too deep.`, {
    reason: { code: 'input_not_valid', params: { field } },
  })

/** Parses with a schema of ours. Throws `invalid_input` naming each field that does not fit. */
export function parseInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const broken = unkeepable(raw)
  if (broken !== null) throw unfit(broken)
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message }))
  const first = issues[0]
  throw new AppError('invalid_input', first ? `${first.path || 'input'}: ${first.message}` : 'The input does not fit.', {
    details: { issues },
    reason: { code: 'input_not_valid', params: { field: first?.path ?? '' } },
  })
}

/**
 * May you? → parse → run. The one way into an operation, for routes, the socket and pages alike.
 * `raw` is whatever came from outside; errors are AppErrors, or unknown ones that become `internal` at the edge.
 */
export async function perform<I extends z.ZodType, O, A extends Actor | null>(
  operation: Operation<I, O, A>,
  actor: Actor | null,
  raw: unknown,
  circumstances: Circumstances,
): Promise<O> {
  admit(operation, actor, raw)
  return operation.run({ ...circumstances, actor: actor as A }, parseInput(operation.input, raw))
}
