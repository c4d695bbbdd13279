'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useEffect, useState, type ReactNode } from 'react'
import { makeQueryClient } from '#lib/client/index.ts'
import type { Language } from '#lib/i18n/messages.ts'
import type { Environment } from '#lib/model/environment.ts'
import type { KindDescription } from '#lib/model/kind.ts'
import type { LiveList } from '#lib/model/live.ts'
import { ConnectionBar } from './connection-bar.tsx'
import { ConsoleProvider, type ConsoleActor } from './console-context.tsx'
import { Dock } from './dock.tsx'
import { PartBoundary } from './part-boundary.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { usePreferences } from './preferences.ts'
import type { RailState } from './rail-state.ts'
import { Rail } from './rail.tsx'
import { openKeys, openPalette, useShellStore } from './shell-store.ts'
import { useShortcutListener, useShortcuts } from './shortcuts.ts'
import { useThemeOf } from './theme.ts'
import { TopBar } from './top-bar.tsx'
import { useChangedRights } from './use-rights.ts'

const Palette = dynamic(() => import('./palette.tsx').then((module) => module.Palette), { ssr: false })
const KeysDialog = dynamic(() => import('./keys-dialog.tsx').then((module) => module.KeysDialog), { ssr: false })
const overs = { palette: <Palette />, keys: <KeysDialog /> }

interface ConsoleShellProps {
  actor: ConsoleActor
  language: Language
  kinds: readonly KindDescription[]
  environments: LiveList<Environment, unknown>
  rail: RailState
  children: ReactNode
}

/** What stands round every page behind sign-in. */
export function ConsoleShell({ rail, children, ...known }: ConsoleShellProps) {
  const t = useTranslations('shell')
  const [queryClient] = useState(makeQueryClient)
  return (
    <QueryClientProvider client={queryClient}>
      <ConsoleProvider {...known}>
        <a href="#page" className="absolute z-50 -translate-y-full rounded-br-md bg-ink px-3 py-2 text-on-ink focus:translate-y-0">
          {t('skip')}
        </a>
        <div className="flex h-dvh overflow-hidden">
          <Rail initial={rail} />
          <div className="flex min-w-0 flex-1 flex-col">
            <TopBar />
            <ConnectionBar />
            <main id="page" tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
              {children}
            </main>
            <Dock />
            <PhoneBar />
          </div>
        </div>
        <OverPage />
        <Followed actor={known.actor} />
      </ConsoleProvider>
    </QueryClientProvider>
  )
}

/** What follows the person: their theme into every browser, their rights into every page. */
function Followed({ actor }: { actor: ConsoleActor }) {
  useThemeOf(actor.theme)
  useChangedRights(actor.bindings)
  return null
}

/** Palette and keys: loaded when they are first asked for. */
function OverPage() {
  const over = useShellStore((shell) => shell.over)
  useShellKeys()
  useEffect(() => {
    void usePreferences.persist.rehydrate()
    document.documentElement.toggleAttribute('data-apple', /Mac|iPhone|iPad/.test(navigator.userAgent))
  }, [])
  if (over === null) return null
  return (
    <PartBoundary className="fixed top-16 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 shadow-pop">
      {overs[over]}
    </PartBoundary>
  )
}

function useShellKeys(): void {
  const t = useTranslations('shell.keys')
  const router = useRouter()
  useShortcutListener()
  useShortcuts([
    { keys: '?', label: t('help'), run: openKeys, everywhere: true },
    { keys: '/', label: t('find'), run: openPalette, everywhere: true },
    { keys: 'g h', label: t('home'), run: () => router.push('/'), everywhere: true },
    { keys: 'g e', label: t('environments'), run: () => router.push('/environments'), everywhere: true },
    { keys: 'g i', label: t('inventory'), run: () => router.push('/inventory/instance'), everywhere: true },
    { keys: 'g c', label: t('changes'), run: () => router.push('/changes'), everywhere: true },
  ])
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      openPalette()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
