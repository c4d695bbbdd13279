import { headers } from 'next/headers'
import { cache } from 'react'
import { authenticate, type Actor } from '#lib/access/index.ts'

/** Who asks for this page, looked up once however many parts of it want to know. Throws `unavailable`. */
export const currentActor = cache(async (): Promise<Actor | null> => authenticate(new Headers(await headers())))
