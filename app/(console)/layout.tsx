import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ConsoleShell } from '#components/shell/console-shell.tsx'
import { railCookie, railStates } from '#components/shell/rail-state.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { signInPath } from '#lib/client/sign-in.ts'
import { isAppError } from '#lib/errors/index.ts'
import type { Language } from '#lib/i18n/messages.ts'
import { listEnvironments } from '#lib/operations/environments/list.ts'
import { listKinds } from '#lib/operations/kinds/list.ts'
import { BrowserWords } from '../browser-words.tsx'
import { currentActor } from '../current-actor.ts'
import { currentPath, runOperation } from '../run-operation.ts'

/** Everything behind sign-in. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await actorOrNothing()
  if (actor === 'unavailable') return <Unavailable />
  if (!actor) redirect(signInPath(await currentPath()))
  const [environments, kinds, language, jar] = await Promise.all([
    runOperation(listEnvironments, {}),
    runOperation(listKinds, {}),
    getLocale(),
    cookies(),
  ])
  if (environments.error || kinds.error) return <Unavailable />
  const wanted = jar.get(railCookie)?.value
  const { userId, login, name, theme, bindings } = actor
  return (
    <BrowserWords group="console">
      <ConsoleShell
        actor={{ userId, login, name, theme, bindings }}
        language={language as Language}
        // zod hides a method in each JSON Schema, which cannot go to the browser.
        kinds={JSON.parse(JSON.stringify(kinds.value)) as typeof kinds.value}
        environments={environments.value}
        rail={railStates.find((state) => state === wanted) ?? 'auto'}
      >
        {children}
      </ConsoleShell>
    </BrowserWords>
  )
}

async function actorOrNothing() {
  try {
    return await currentActor()
  } catch (error) {
    if (isAppError(error)) return 'unavailable'
    throw error
  }
}

async function Unavailable() {
  const t = await getTranslations('shell.unavailable')
  return (
    <main className="flex h-dvh flex-col items-center justify-center">
      <EmptyState title={t('title')}>{t('text')}</EmptyState>
    </main>
  )
}
