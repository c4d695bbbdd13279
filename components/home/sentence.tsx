'use client'

import { useTranslations } from 'next-intl'
import { totalsByKind } from '#components/environments/figures.ts'
import { useWords } from '#components/resources/words.ts'
import { useConsole } from '#components/shell/console-context.tsx'
import { formatNumber } from '#components/ui/format.ts'
import { useUi } from '#components/ui/provider.tsx'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { HomeHead } from '#lib/model/home.ts'
import { isSilent } from './broken-now.tsx'

/** The first thing the page says: what is wrong, or that nothing is, and across how much. */
export function HomeSentence({ head }: { head: HomeHead }) {
  const t = useTranslations('home')
  const { failing, environments } = head
  const silent = environments.filter(isSilent).length
  const attention = head.degraded + silent
  const answering = environments.some(({ environment: { state } }) => state === 'live' || state === 'behind')
  const health = failing > 0 ? 'failing' : attention > 0 ? 'degraded' : answering ? 'healthy' : 'unknown'
  return (
    <div className="max-sm:px-4">
      <h1 className="flex flex-wrap items-center gap-x-2.5 text-xl font-semibold tracking-[-0.015em]">
        <StateGlyph health={health} size={16} />
        <span>{failing > 0 ? t('failing', { count: failing }) : answering ? t('nothing') : t('nothingKnown')}</span>
        {attention > 0 && (failing > 0 || answering) && (
          <span className="font-normal text-ink-3">{t('andAttention', { count: attention })}</span>
        )}
      </h1>
      <p className="mt-0.5 text-sm text-ink-2">
        <Across head={head} /> {silent > 0 && t('silent', { count: silent })}
      </p>
    </div>
  )
}

/** Across how many environments and things, of those that answer. */
function Across({ head: { environments } }: { head: HomeHead }) {
  const t = useTranslations('home')
  const words = useWords()
  const { locale } = useUi()
  const { kinds: described } = useConsole()
  const totals = new Map<string, number>()
  const counted = environments.filter((card) => !isSilent(card))
  for (const { environment, kinds } of counted)
    for (const { kind, total } of totalsByKind(kinds, described, environment.engine))
      totals.set(kind.name, (totals.get(kind.name) ?? 0) + total)
  const figures = described.flatMap((kind) => {
    const total = totals.get(kind.name)
    return total === undefined ? [] : [`${formatNumber(total, locale)} ${words.kind(kind, total)}`]
  })
  if (figures.length === 0) return null
  return <>{t('across', { count: counted.length, figures: new Intl.ListFormat(locale, { type: 'conjunction' }).format(figures) })}</>
}
