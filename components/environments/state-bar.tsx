'use client'

import { useTranslations } from 'next-intl'
import { useTicking } from '#components/ui/clock.ts'
import { formatAge, formatClock } from '#components/ui/format.ts'
import { Notice } from '#components/ui/notice.tsx'
import { useUi } from '#components/ui/provider.tsx'
import type { Environment } from '#lib/model/environment.ts'
import { EnvironmentError } from './state.tsx'

const clock = (instant: string) => `${formatClock(new Date(instant))} UTC`

/** Across the page of an environment that is not live: what one is looking at, since when, and why. */
export function StateBar({ environment }: { environment: Environment }) {
  const t = useTranslations('environments.stateText')
  const { locale } = useUi()
  const { state, stateSince, lastContactAt, name } = environment
  const age = useTicking((now) => formatAge(now - Date.parse(lastContactAt ?? stateSince), locale))
  const late = useTicking((now) => formatAge(now - Date.parse(stateSince), locale))
  if (state === 'live') return null
  const title =
    state === 'stale'
      ? lastContactAt
        ? t('stale', { name, age, time: clock(lastContactAt) })
        : t('staleNever', { name })
      : state === 'paused'
        ? t('paused', { time: clock(stateSince) })
        : state === 'behind'
          ? t('behind', { age: late, time: clock(stateSince) })
          : t(state)
  return (
    <Notice bar live tone={state === 'stale' || state === 'behind' ? 'stale' : 'info'} title={title}>
      <EnvironmentError environment={environment} />
    </Notice>
  )
}
