import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Freshness } from '#components/ui/freshness.tsx'
import { Mark } from '#components/ui/mark.tsx'
import type { Language } from '#lib/i18n/messages.ts'
import { CompassRose } from './compass-rose.tsx'
import { LanguageLinks } from './language-links.tsx'

interface EntryFrameProps {
  /** Whether our own database answers. */
  healthy: boolean
  version: string
  children: ReactNode
}

/** Sign-in and setup: a form at the left, the chart at the right. The one place where the chart is drawn in full. */
export async function EntryFrame({ healthy, version, children }: EntryFrameProps) {
  const [t, language] = await Promise.all([getTranslations('entry'), getLocale()])
  return (
    <div className="flex min-h-dvh">
      <main className="flex w-[35rem] flex-none flex-col bg-canvas px-14 py-10 max-lg:w-full max-lg:px-6 max-sm:px-4 max-sm:py-6">
        <div className="flex items-center gap-2.5">
          <Mark size={26} />
          <span className="text-lg font-semibold tracking-[-0.015em]">Portolan</span>
        </div>
        <div className="my-auto w-full max-w-95 py-10 max-lg:mx-auto">{children}</div>
        <footer className="flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-ink-3">
          <Freshness state={healthy ? 'live' : 'silent'}>{t(healthy ? 'healthy' : 'unhealthy')}</Freshness>
          <span className="tabular-nums">{version}</span>
          <span className="flex-1" />
          <LanguageLinks current={language as Language} />
        </footer>
      </main>
      <aside
        aria-hidden
        className="relative min-w-0 flex-1 overflow-hidden bg-(--chart) text-[oklch(0.83_0.03_235)] [--chart:oklch(0.232_0.044_252)] max-lg:hidden"
      >
        <CompassRose names={t('harbours').split(', ')} />
      </aside>
    </div>
  )
}
