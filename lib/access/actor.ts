import type { Theme } from '../model/person.ts'
import type { Binding } from '../model/role.ts'

/** What they showed: the cookie of a session, or an API token. Both are ids of rows. */
export type Via = { session: string } | { token: string; tokenName: string }

export const sessionOf = (via: Via): string | null => ('session' in via ? via.session : null)
export const tokenNameOf = (via: Via | undefined): string | null => (via && 'token' in via ? via.tokenName : null)

/** Who is asking. `environment` in a binding is the environment's id as a string. */
export interface Actor {
  userId: string
  login: string
  name: string
  via: Via
  /** Which OIDC provider vouches for them; null: a password here. */
  provider: string | null
  /** What they may do now; through a token at most at its role. */
  bindings: Binding[]
  language: 'en' | 'fr' | null
  theme: Theme | null
}
