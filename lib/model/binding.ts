import { z } from 'zod'
import { roles } from './role.ts'

/** A role and where it holds. `environment: null` is the whole fleet, `namespaces: null` is all of the environment. */
export const Binding = z.object({
  role: z.enum(roles),
  environment: z.string().nullable(),
  namespaces: z.array(z.string()).min(1).nullable(),
})
export type Binding = z.infer<typeof Binding>
