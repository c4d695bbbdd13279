'use client'

import { Container } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { healthOfInstances, totalsByKind } from '#components/environments/figures.ts'
import { HealthBar } from '#components/environments/health-bar.tsx'
import { EnvironmentError, EnvironmentStateLabel } from '#components/environments/state.tsx'
import { kindPath } from '#components/shell/place.ts'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { kindIcon } from '#components/shell/kind-icon.tsx'
import { Ago } from '#components/ui/ago.tsx'
import { cn } from '#components/ui/cn.ts'
import { Flag } from '#components/ui/flag.tsx'
import { formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import type { EnvironmentCard } from '#lib/model/home.ts'
import { Headroom } from './headroom.tsx'

interface EnvironmentCardsProps {
  cards: readonly EnvironmentCard[]
  /** With what the machine of each has in use. */
  wide?: boolean
  className?: string
}

/** Every environment with what is known of it. */
export function EnvironmentCards({ cards, wide, className }: EnvironmentCardsProps) {
  const t = useTranslations('home')
  return (
    <section className={cn('flex flex-col gap-2 max-sm:px-4', className)}>
      <div className="flex items-center gap-3 text-xs text-ink-3">
        <h2 className="text-sm font-semibold text-ink">{t('environments')}</h2>
        <span className="flex-1" />
        <Link href="/environments" className="text-accent hover:underline">
          {t('allEnvironments', { count: cards.length })}
        </Link>
      </div>
      <div
        className={
          wide
            ? 'grid grid-cols-[repeat(auto-fit,minmax(min(28rem,100%),1fr))] gap-3'
            : 'grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-3'
        }
      >
        {cards.map((card) => (
          <Card key={card.environment.id} card={card} wide={wide} />
        ))}
      </div>
    </section>
  )
}

function Card({ card: { environment, kinds }, wide }: { card: EnvironmentCard; wide: boolean | undefined }) {
  const t = useTranslations('home')
  const { kinds: described } = useConsole()
  const { id, name, flag, engine, engineVersion, state, lastContactAt } = environment
  return (
    <article className="@container flex flex-col rounded-lg border border-line bg-surface p-3">
      <header className="flex items-center gap-2">
        <Flag flag={flag} size={18} quiet />
        <h3 className="min-w-0 truncate text-base font-semibold">
          <Link href={`/environments/${id}`} className="hover:underline">
            {name}
          </Link>
        </h3>
        <span className="flex-1" />
        <EnvironmentStateLabel environment={environment} since={state !== 'live'} />
      </header>
      <p className="mt-1 flex items-center gap-1.5 text-xs text-ink-3">
        <Container aria-hidden className="size-3.5 flex-none" strokeWidth={1.6} />
        <span className="inline-block truncate first-letter:uppercase">{[engine, engineVersion].filter(Boolean).join(' ')}</span>
      </p>
      <EnvironmentError environment={environment} className="mt-1.5 line-clamp-2 text-xs text-ink-2" />
      <div className={cn('mt-2.5', wide && 'grid gap-x-8 gap-y-3 @2xl:grid-cols-2')}>
        <div>
          <HealthBar parts={healthOfInstances(kinds, described)} />
          <KindTotals card={{ environment, kinds }} />
        </div>
        {wide && (
          <div className="border-t border-line pt-3 @2xl:border-t-0 @2xl:pt-0">
            <Headroom environment={environment} />
          </div>
        )}
      </div>
      <p className="mt-2 text-xs text-ink-3">
        {t('contact')} {lastContactAt ? <Ago at={lastContactAt} className="tabular-nums" /> : t('never')}
      </p>
    </article>
  )
}

/** How much of each kind, each a way into its list. */
function KindTotals({ card: { environment, kinds } }: { card: EnvironmentCard }) {
  const words = useWords()
  const { locale } = useUi()
  const { kinds: described } = useConsole()
  const totals = totalsByKind(kinds, described, environment.engine)
  return (
    <ul className="mt-3 grid grid-cols-2 gap-x-3 gap-y-1 border-t border-line pt-2.5 text-xs">
      {totals.map(({ kind, total }) => {
        const Icon = kindIcon(kind.icon)
        return (
          <li key={kind.name} className="min-w-0">
            <Link
              href={kindPath(environment.id, kind.name)}
              className="flex min-h-6 items-center gap-1.5 text-ink-2 hover:text-ink hover:underline"
            >
              <Icon aria-hidden className="size-3.5 flex-none text-ink-3" strokeWidth={1.6} />
              <span className="truncate tabular-nums">
                {formatNumber(total, locale)} {words.kind(kind, total)}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
