'use client'

import { useTranslations } from 'next-intl'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '#components/ui/cn.ts'
import { Tabs } from '#components/ui/tabs.tsx'

const tabs = { profile: '/settings', sessions: '/settings/sessions', people: '/settings/people', about: '/settings/about' } as const

/** Title and tabs of the settings; each tab has an address of its own. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const t = useTranslations('settings')
  const pathname = usePathname()
  return (
    <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-4">
      <h1 className="text-xl font-semibold tracking-[-0.015em]">{t('title')}</h1>
      <Tabs
        label={t('title')}
        tabs={Object.entries(tabs).map(([name, href]) => ({
          href,
          label: t(`tabs.${name}`),
          current: href === tabs.people ? pathname.startsWith(href) : pathname === href,
        }))}
      />
      <div className={cn('flex flex-col gap-4', pathname === tabs.people ? 'max-w-5xl' : 'max-w-3xl')}>{children}</div>
    </div>
  )
}
