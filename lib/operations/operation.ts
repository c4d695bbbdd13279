import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Actor } from '../access/index.ts'
import type { Topic } from '../model/topic.ts'

/** Whom and what an operation runs for. `actor` is null only where `requires` is `public`. */
export interface Context<A extends Actor | null = Actor> {
  actor: A
  requestId: string
  signal: AbortSignal
  log: Logger
  now(): Date
}

/** `public`: nobody needs to be signed in · `signed-in`: anybody who is · `administrator`: of the whole fleet. */
export type Requirement =
  | 'public'
  | 'signed-in'
  /** The least role somewhere; the operation narrows to the target itself through `access.allow` or a scope in its SQL. */
  | 'viewer'
  | 'deployer'
  | 'operator'
  | 'administrator'

/**
 * One verb, one file. The order is fixed: allow → parse → act → record. `route()` and the socket check `requires`,
 * parse the input and call `run`; nothing else does.
 */
export interface Operation<I extends z.ZodType = z.ZodType, O = unknown, A extends Actor | null = Actor> {
  /** `resources.list`: its id in OpenAPI and on the socket. */
  name: string
  summary: string
  requires: Requirement
  input: I
  /** For OpenAPI and for tests; answers are not parsed on the way out. */
  output: z.ZodType<O>
  /** Changes state: Origin is checked and it cannot be a GET. */
  changes: boolean
  /** Refused through an API token; a list: where the input has one of these fields. What signs people in is theirs alone. */
  sessionOnly?: true | readonly string[]
  run(context: Context<A>, input: z.output<I>): Promise<O>
  /** Can be followed on the channel `rows`: what wakes it. Its output is a LiveList. */
  wakes?(input: z.output<I>): Topic[]
  /**
   * Followed, its answer depends on who asks and not only on their rights. Without it everybody with equal rights
   * shares one live query, whose actor is nobody in particular.
   */
  personal?: true
}

export const operation = <I extends z.ZodType, O>(definition: Operation<I, O>): Operation<I, O> => definition

/** For nobody in particular: the actor may be null. */
export const publicOperation = <I extends z.ZodType, O>(
  definition: Omit<Operation<I, O, Actor | null>, 'requires'>,
): Operation<I, O, Actor | null> => ({ ...definition, requires: 'public' })
