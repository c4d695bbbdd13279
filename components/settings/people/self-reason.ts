'use client'

import { useConsole } from '#components/shell/console-context.tsx'
import { useReason } from '#lib/i18n/use-reason.ts'
import type { Person } from '#lib/model/person.ts'
import type { PersonAct } from './person-actions.tsx'

/** Why something cannot be done with this account, before the server says so; undefined where it can. */
export function useSelfReason(): (what: PersonAct, person: Person) => string | undefined {
  const { actor } = useConsole()
  const say = useReason()
  return (what, person) => {
    if (person.id === actor.userId && what !== 'enable') return say({ code: what === 'reset' ? 'own_password' : 'not_yourself' })
    if (what === 'reset' && person.provider !== null) return say({ code: 'password_of_provider', params: { provider: person.provider } })
    return what === 'reset' && person.state === 'disabled' ? say({ code: 'person_disabled' }) : undefined
  }
}
