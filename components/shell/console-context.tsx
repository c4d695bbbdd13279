'use client'

import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react'
import { setServerClock } from '#components/ui/clock.ts'
import { liveClient, useLive } from '#lib/client/index.ts'
import type { AppError } from '#lib/errors/index.ts'
import type { Language } from '#lib/i18n/messages.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { LiveList } from '#lib/model/live.ts'
import type { Theme } from '#lib/model/person.ts'
import type { Binding } from '#lib/model/role.ts'

/** The signed-in person, as the browser may know them. */
export interface ConsoleActor {
  userId: string
  login: string
  name: string
  /** Null: never chosen. */
  theme: Theme | null
  bindings: Binding[]
}

export interface Console {
  actor: ConsoleActor
  language: Language
  kinds: readonly KindDescription[]
  /** By full name: `docker/containers`. */
  kindByName: ReadonlyMap<string, KindDescription>
  /** Live, in the order of the rail. */
  environments: readonly Environment[]
  environmentById: ReadonlyMap<string, Environment>
  /** live: what is on the screen follows the engines · reconnecting: Portolan itself does not answer now. */
  connection: 'live' | 'reconnecting'
  /** Why it is not live. */
  connectionError: AppError | null
}

const ConsoleContext = createContext<Console | null>(null)

interface ConsoleProviderProps {
  actor: ConsoleActor
  language: Language
  kinds: readonly KindDescription[]
  environments: LiveList<Environment, unknown>
  children: ReactNode
}

/** Who is here, what can be seen and how it is called, for every page behind sign-in. */
export function ConsoleProvider({ actor, language, kinds, environments: initial, children }: ConsoleProviderProps) {
  const { rows, state, error } = useLive<Environment, unknown>('environments.list', {}, { initial })
  const environments = rows ?? initial.rows
  const reconnecting = state === 'reconnecting'
  useEffect(() => setServerClock(() => liveClient().serverNow()), [])
  const value = useMemo<Console>(
    () => ({
      actor,
      language,
      kinds,
      kindByName: new Map(kinds.map((kind) => [kind.name, kind])),
      environments,
      environmentById: new Map(environments.map((environment) => [environment.id, environment])),
      connection: reconnecting ? 'reconnecting' : 'live',
      connectionError: reconnecting ? error : null,
    }),
    [actor, language, kinds, environments, reconnecting, error],
  )
  return <ConsoleContext value={value}>{children}</ConsoleContext>
}

/** Throws outside of the console's pages. */
export function useConsole(): Console {
  const value = useContext(ConsoleContext)
  if (!value) throw new Error('useConsole needs ConsoleProvider above it')
  return value
}
