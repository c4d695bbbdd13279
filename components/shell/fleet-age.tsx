'use client'

import { useTranslations } from 'next-intl'
import { cn } from '#components/ui/cn.ts'
import { Freshness } from '#components/ui/freshness.tsx'
import { useConsole } from './console-context.tsx'

/** How many environments are live, behind, silent and paused, at the foot of every page. */
export function FleetAge({ className }: { className?: string }) {
  const t = useTranslations('shell')
  const { environments } = useConsole()
  const count = (...states: string[]) => environments.filter(({ state }) => states.includes(state)).length
  const [live, behind, silent, paused] = [count('live'), count('behind'), count('stale'), count('paused')]
  return (
    <span className={cn('flex items-center gap-4', className)}>
      {live > 0 && <Freshness state="live">{t('liveCount', { count: live })}</Freshness>}
      {behind > 0 && <Freshness state="polled">{t('behindCount', { count: behind })}</Freshness>}
      {paused > 0 && <Freshness state="polled">{t('pausedCount', { count: paused })}</Freshness>}
      {silent > 0 && <Freshness state="silent">{t('silentCount', { count: silent })}</Freshness>}
    </span>
  )
}
