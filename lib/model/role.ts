import { z } from 'zod'

/** Roles from least to most; each holds everything the ones before it hold. */
export const roles = ['viewer', 'deployer', 'operator', 'administrator'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

export const includesRole = (held: Role, needed: Role): boolean => roles.indexOf(held) >= roles.indexOf(needed)

/** A role and where it holds. `environment: null` is the whole fleet, `namespaces: null` is all of the environment. */
export const Binding = z.object({
  role: Role,
  environment: z.string().nullable(),
  namespaces: z.array(z.string()).min(1).nullable(),
})
export type Binding = z.infer<typeof Binding>
