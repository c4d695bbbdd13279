'use client'

import { ChevronDown, ChevronRight, LayoutDashboard, Pause, Plus, Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { cn } from '#components/ui/cn.ts'
import { Flag } from '#components/ui/flag.tsx'
import { formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { Environment } from '#lib/model/environment.ts'
import { useConsole } from './console-context.tsx'
import { environmentPath, type Place } from './place.ts'
import { usePreferences } from './preferences.ts'
import { RailKinds } from './rail-kinds.tsx'
import { railHere, railWord } from './rail-style.ts'

/** Every environment with its flag and its problems; the open one unfolds in place into its own kinds. */
export function RailEnvironments({ place }: { place: Place }) {
  const t = useTranslations('shell')
  const { locale } = useUi()
  const { environments } = useConsole()
  return (
    <>
      <div className="mt-4 mb-1 flex h-5 flex-none items-center px-4 text-xs font-medium text-ink-3 @max-[6rem]:mx-3 @max-[6rem]:mt-2 @max-[6rem]:h-px @max-[6rem]:bg-line @max-[6rem]:px-0">
        <Link href="/environments" className={cn('flex-1 hover:text-ink', railWord)}>
          {t('environments')}
        </Link>
        <span className="tabular-nums @max-[6rem]:hidden">
          {environments.length > 0 ? formatNumber(environments.length, locale) : t('noEnvironments')}
        </span>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-px overflow-x-hidden overflow-y-auto px-2 pb-2">
        {environments.map((environment) => (
          <RailEnvironment key={environment.id} environment={environment} place={place} />
        ))}
        {environments.length === 0 && (
          <Link
            href="/environments/new"
            title={t('connect')}
            className="flex h-7 flex-none items-center gap-2 rounded-md px-2 text-sm text-ink-2 hover:bg-hover @max-[6rem]:justify-center @max-[6rem]:px-0"
          >
            <Plus aria-hidden className="size-4 flex-none text-ink-3" strokeWidth={1.6} />
            <span className={cn('truncate', railWord)}>{t('connect')}</span>
          </Link>
        )}
      </div>
    </>
  )
}

function RailEnvironment({ environment, place }: { environment: Environment; place: Place }) {
  const t = useTranslations('shell')
  const { id, name } = environment
  const open = place.at === 'environment' && place.environment === id
  const byHand = usePreferences((preferences) => preferences.unfolded[id])
  const setUnfolded = usePreferences((preferences) => preferences.setUnfolded)
  const unfolded = byHand ?? open
  const Chevron = unfolded ? ChevronDown : ChevronRight
  return (
    <>
      <div className="group/environment flex h-7 flex-none items-center rounded-md hover:bg-hover">
        <Link
          href={environmentPath(id)}
          title={name}
          className={cn(
            'flex h-full min-w-0 flex-1 items-center gap-2.5 rounded-md pl-2 text-sm text-ink-2 @max-[6rem]:justify-center @max-[6rem]:px-0',
            open && 'font-medium text-ink @max-[6rem]:bg-hover',
          )}
        >
          <Flag flag={environment.flag} quiet />
          <span className={cn('truncate', railWord)}>{name}</span>
          <EnvironmentMarks environment={environment} />
        </Link>
        <button
          type="button"
          aria-expanded={unfolded}
          aria-label={t(unfolded ? 'foldKinds' : 'unfoldKinds', { name })}
          className="inline-flex size-6 flex-none items-center justify-center rounded-sm text-ink-3 hover:text-ink @max-[6rem]:hidden"
          onClick={() => setUnfolded(id, !unfolded)}
        >
          <Chevron aria-hidden className="size-3" strokeWidth={1.6} />
        </button>
      </div>
      {unfolded && (
        <div className="relative mt-px mb-1 flex flex-none flex-col gap-px before:absolute before:top-0 before:bottom-1 before:left-[15px] before:w-px before:bg-line @max-[6rem]:hidden">
          <Link
            href={environmentPath(id)}
            aria-current={open && !place.kind ? 'page' : undefined}
            className={cn(
              'flex h-6.5 items-center gap-2 rounded-md pr-2 pl-5.5 text-sm text-ink-2 hover:bg-hover',
              open && !place.kind && railHere,
            )}
          >
            <LayoutDashboard aria-hidden className="size-4 flex-none text-ink-3" strokeWidth={1.6} />
            <span className="truncate">{t('overview')}</span>
          </Link>
          <RailKinds environment={environment} here={open ? place.kind : null} />
        </div>
      )}
    </>
  )
}

/** How many things fail and are degraded, or why nobody knows. */
function EnvironmentMarks({ environment: { state, counts } }: { environment: Environment }) {
  const t = useTranslations('shell')
  const { locale } = useUi()
  const box = 'ml-auto flex flex-none items-center gap-2 pl-1 @max-[6rem]:sr-only'
  if (state === 'stale')
    return (
      <span className={box}>
        <Unplug aria-hidden className="size-3.5 text-warn" strokeWidth={1.6} />
        <span className="sr-only">{t('silent')}</span>
      </span>
    )
  if (state === 'paused')
    return (
      <span className={box}>
        <Pause aria-hidden className="size-3.5 text-ink-3" strokeWidth={1.6} />
        <span className="sr-only">{t('paused')}</span>
      </span>
    )
  if (state === 'connecting')
    return (
      <span className={box}>
        <StateGlyph health="moving" label={t('connecting')} />
      </span>
    )
  const problems = [
    { health: 'failing', count: counts.failing ?? 0, label: 'failingCount', tone: 'text-fail' },
    { health: 'degraded', count: counts.degraded ?? 0, label: 'degradedCount', tone: 'text-warn' },
  ] as const
  return (
    <span className={box}>
      {problems.map(
        ({ health, count, label, tone }) =>
          count > 0 && (
            <span key={health} className={cn('inline-flex items-center gap-1 text-2xs font-medium tabular-nums', tone)}>
              <StateGlyph health={health} size={9} />
              <span aria-hidden>{formatNumber(count, locale)}</span>
              <span className="sr-only">{t(label, { count })}</span>
            </span>
          ),
      )}
    </span>
  )
}
