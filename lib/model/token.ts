import { z } from 'zod'
import { roles } from './role.ts'

/** The longest that a token may be valid, in days. */
export const mostTokenDays = 365

/** An API token as lists show it: nothing of its secret. Instants are ISO 8601. */
export const Token = z.object({
  id: z.string(),
  name: z.string(),
  /** How the token begins, by which one that was found somewhere is told from others. */
  start: z.string(),
  role: z.enum(roles),
  userId: z.string(),
  userName: z.string(),
  /** Of the one who asked. */
  own: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** Null: never. */
  lastUsedAt: z.string().nullable(),
})
export type Token = z.infer<typeof Token>

export const NewToken = z.object({
  name: z.string().trim().min(1).max(60),
  role: z.enum(roles).meta({ description: 'What it may do at most; never more than you may' }),
  expiresAt: z.iso.datetime({ offset: true }).meta({ description: `At most ${mostTokenDays} days from now` }),
})
export type NewToken = z.infer<typeof NewToken>

/** A token as it is made: the one time that it is told. */
export const MadeToken = z.object({ id: z.string(), secret: z.string(), expiresAt: z.string() })
export type MadeToken = z.infer<typeof MadeToken>
