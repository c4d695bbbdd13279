import { z } from 'zod'
import { Binding } from './binding.ts'

/** What a person types to sign in: kept in lower case, so that nobody is two people by a capital letter. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._@-]{0,99}$/)
export const PersonName = z.string().trim().min(1).max(100)
export const Password = z.string().min(10).max(200)

/** Who is signed in, as the browser knows it. */
export const Me = z.object({
  userId: z.string(),
  login: z.string(),
  name: z.string(),
  language: z.enum(['en', 'fr']).nullable(),
  /** The session that asked. */
  sessionId: z.string(),
  bindings: z.array(Binding),
})
export type Me = z.infer<typeof Me>

/** One place where a person is signed in. Instants are ISO 8601. */
export const Session = z.object({
  id: z.string(),
  userId: z.string(),
  userName: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  address: z.string(),
  userAgent: z.string(),
  /** The one that asked. */
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>
