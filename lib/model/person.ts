import { z } from 'zod'
import { Binding } from './binding.ts'
import { leastPasswordLength, loginRule } from './login.ts'

/** What a person types to sign in: kept in lower case, so that nobody is two people by a capital letter. */
export const Login = z.string().trim().toLowerCase().regex(loginRule)
export const PersonName = z.string().trim().min(1).max(100)
export const Password = z.string().min(leastPasswordLength).max(200)

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const linkPurposes = ['administrator', 'invitation', 'reset'] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/** active: may sign in · invited: has no password yet · disabled: may not sign in. */
export const personStates = ['active', 'invited', 'disabled'] as const

/** Somebody who has an account, as administrators see them. Instants are ISO 8601. */
export const Person = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  /** Which OIDC provider vouches for them, and by their groups decides what they may do; null: a password here. */
  provider: z.string().nullable(),
  state: z.enum(personStates),
  bindings: z.array(Binding),
  createdAt: z.string(),
  /** When they last did anything; null: never. */
  lastSeenAt: z.string().nullable(),
  /** Where they are signed in now. */
  sessions: z.number().int(),
  /** A link that was made for them and can still be used. */
  link: z.object({ purpose: z.enum(linkPurposes), expiresAt: z.string() }).nullable(),
})
export type Person = z.infer<typeof Person>

/** A link as it is made; nobody can be told it a second time. */
export const OneTimeLink = z.object({ url: z.string(), expiresAt: z.string() })
export type OneTimeLink = z.infer<typeof OneTimeLink>

/** Who is signed in, as the browser knows it. */
export const Me = z.object({
  userId: z.string(),
  login: z.string(),
  name: z.string(),
  /** Which OIDC provider vouches for them; null: a password here. */
  provider: z.string().nullable(),
  language: z.enum(['en', 'fr']).nullable(),
  /** Null: never chosen, each browser keeps its own. */
  theme: z.enum(themes).nullable(),
  /** The session that asked; null: an API token did. */
  sessionId: z.string().nullable(),
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
