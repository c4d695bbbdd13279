import { headers } from 'next/headers'
import { cache } from 'react'
import { authenticate, type Actor } from '#lib/access/index.ts'
import { isAppError } from '#lib/errors/index.ts'

/** Who asks for this page, looked up once however many parts of it want to know. Throws `unavailable`. */
export const currentActor = cache(async (): Promise<Actor | null> => authenticate(new Headers(await headers())))

/** The same for what a page can do without: null also when the database does not say. */
export async function actorIfKnown(): Promise<Actor | null> {
  try {
    return await currentActor()
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
