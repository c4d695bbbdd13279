import { z } from 'zod'

/** Parts of inputs that several operations share. */
export const EnvironmentId = z
  .string()
  .regex(/^\d{1,9}$/)
  .meta({ description: 'Id of an environment' })

/** `containers`, or the full name `docker/containers`. */
export const KindName = z.string().regex(/^([a-z0-9-]+\/)?[a-z0-9.-]{1,200}$/)

/** Which resource a path means. */
export const ResourcePlace = z.object({ environment: EnvironmentId, kind: KindName, key: z.string().min(1).max(1000) })
export type ResourcePlace = z.infer<typeof ResourcePlace>

/** A person's reason; empty is none. */
export const Why = z.string().trim().max(1000).nullish()

/** A flag in a query string: `true` or `1`. */
export const QueryFlag = z.union([z.boolean(), z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')])

export const IdempotencyKey = z.string().min(1).max(200).optional()
