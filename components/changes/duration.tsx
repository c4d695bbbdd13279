'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '#components/ui/ago.tsx'
import { formatAge, formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import type { Activity } from '#lib/model/activity.ts'

/** How long something took, from 1 s on: below 10 s with a decimal. */
export function formatDuration(milliseconds: number, locale: string): string {
  return milliseconds < 10_000 ? `${formatNumber(milliseconds / 1000, locale, 1)}\u00a0s` : formatAge(milliseconds, locale)
}

export function Duration({ activity: { startedAt, finishedAt } }: { activity: Pick<Activity, 'startedAt' | 'finishedAt'> }) {
  const t = useTranslations('changes')
  const { locale } = useUi()
  if (finishedAt === null) return t.rich('runs', { duration: () => <Ago at={startedAt} /> })
  const milliseconds = Date.parse(finishedAt) - Date.parse(startedAt)
  return milliseconds < 1000 ? t('tookUnderSecond') : t('took', { duration: formatDuration(milliseconds, locale) })
}
