import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ConsoleShell } from '#components/shell/console-shell.tsx'
import { railCookie, railStates } from '#components/shell/rail-state.ts'
import { PageComesBack } from '#components/states/page-comes-back.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { signInPath } from '#lib/client/sign-in.ts'
import { isAppError, toWire, type WireError } from '#lib/errors/index.ts'
import type { Language } from '#lib/i18n/messages.ts'
import { sentence } from '#lib/i18n/sentence.ts'
import { listEnvironments } from '#lib/operations/environments/list.ts'
import { listKinds } from '#lib/operations/kinds/list.ts'
import { BrowserWords } from '../browser-words.tsx'
import { currentActor } from '../current-actor.ts'
import { currentPath, runOperation } from '../run-operation.ts'

/** Everything behind sign-in. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { actor, error } = await actorOrError()
  if (error) return <Unavailable error={error} />
  if (!actor) redirect(signInPath(await currentPath()))
  const [environments, kinds, language, jar] = await Promise.all([
    runOperation(listEnvironments, {}),
    runOperation(listKinds, {}),
    getLocale(),
    cookies(),
  ])
  if (environments.error) return <Unavailable error={environments.error} />
  if (kinds.error) return <Unavailable error={kinds.error} />
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

async function actorOrError() {
  try {
    return { actor: await currentActor(), error: null }
  } catch (error) {
    if (isAppError(error)) return { actor: null, error: toWire(error) }
    throw error
  }
}

async function Unavailable({ error }: { error: WireError }) {
  const [t, language] = await Promise.all([getTranslations('shell.unavailable'), getLocale()])
  return (
    <main className="flex h-dvh flex-col items-center justify-center">
      <EmptyState title={t('title')}>
        <p>{error.reason && sentence(error.reason, language as Language)}</p>
        <p className="mt-2">{t('text')}</p>
      </EmptyState>
      <PageComesBack />
    </main>
  )
}
