import type { Theme } from '../model/person.ts'
import type { Binding } from '../model/role.ts'

/** Who is asking. `environment` in a binding is the environment's id as a string. */
export interface Actor {
  userId: string
  login: string
  name: string
  sessionId: string
  bindings: Binding[]
  language: 'en' | 'fr' | null
  theme: Theme | null
}
