import { randomUUID } from 'node:crypto'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import type { z } from 'zod'
import type { Actor } from '#lib/access/index.ts'
import { signInPath } from '#lib/client/sign-in.ts'
import { isAppError, toWire, type WireError } from '#lib/errors/index.ts'
import { log } from '#lib/log.ts'
import type { Operation } from '#lib/operations/operation.ts'
import { perform } from '#lib/operations/perform.ts'
import { currentActor } from './current-actor.ts'

type Outcome<O> = { value: O; error: null } | { value: null; error: WireError }

/**
 * Runs an operation for the page that is being made, as the person who asks for it. Nobody there leads to sign-in and
 * back; what does not exist is the page "not found". Every other error is answered, so that it costs its own part of
 * the page and not all of it.
 */
export async function runOperation<I extends z.ZodType, O, A extends Actor | null>(
  operation: Operation<I, O, A>,
  input: z.input<I>,
): Promise<Outcome<O>> {
  const requestId = randomUUID()
  const logger = log().child({ requestId, operation: operation.name })
  try {
    const actor = await currentActor()
    const value = await perform(operation, actor, input, {
      requestId,
      signal: AbortSignal.timeout(30_000),
      log: logger,
      now: () => new Date(),
    })
    return { value, error: null }
  } catch (error) {
    if (isAppError(error) && error.code === 'unauthenticated') redirect(signInPath(await currentPath()))
    if (isAppError(error) && error.code === 'not_found') notFound()
    logger.warn({ err: error }, 'a page could not be made in full')
    return { value: null, error: toWire(error, requestId) }
  }
}

/** The path that was asked for, as proxy.ts noted it. */
export const currentPath = async (): Promise<string> => (await headers()).get('x-path') ?? '/'
