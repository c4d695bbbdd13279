'use client'

import { useTranslations } from 'next-intl'
import { formatNumber } from '#components/ui/format.ts'
import { Kbd } from '#components/ui/kbd.tsx'
import { useUi } from '#components/ui/provider.tsx'
import type { ResourceHead } from '#lib/model/inventory.ts'
import type { View } from './window.ts'

interface FooterProps {
  /** Null until the screen was measured: what is in sight is not known before. */
  view: View | null
  total: number
  head: ResourceHead | undefined
  held: 'selection' | 'pointer' | null
  hasLogs: boolean
}

/** Where one is, of how much, how fast it came, and the keys. */
export function Footer({ view, total, head, held, hasLogs }: FooterProps) {
  const t = useTranslations('resources.list')
  const { locale } = useUi()
  const number = (value: number) => formatNumber(value, locale)
  const whole = head && !head.totalExact ? t('atLeast', { value: number(total) }) : number(total)
  const { first, last } = view ?? { first: 0, last: 0 }
  const from = number(first + 1)
  const values = {
    from: head && !head.positionExact ? t('approximately', { value: from }) : from,
    to: number(Math.min(total, last + 1)),
    total: whole,
    all: number(head?.unfilteredTotal ?? total),
    b: (chunks: React.ReactNode) => <b className="font-medium text-ink-2">{chunks}</b>,
  }
  const filtered = head !== undefined && head.unfilteredTotal !== total
  const position = view ? (filtered ? 'positionFrom' : 'position') : filtered ? 'totalFrom' : 'total'
  return (
    <div className="flex h-8 flex-none items-center gap-4 overflow-hidden border-t border-line bg-canvas px-4 text-xs whitespace-nowrap text-ink-3 tabular-nums">
      <span>{total === 0 ? t('positionNone', { all: values.all }) : t.rich(position, values)}</span>
      {head && <span className="max-sm:hidden">{t('took', { ms: number(Math.max(1, Math.round(head.tookMs))) })}</span>}
      {held && <span className="truncate max-sm:hidden">{t(held === 'selection' ? 'held' : 'heldPointer')}</span>}
      <span className="flex-1" />
      <span className="flex items-center gap-4 max-lg:hidden">
        <KeyHint keys={['J', 'K']} word={t('keys.move')} />
        <KeyHint keys={['X']} word={t('keys.select')} />
        {hasLogs && <KeyHint keys={['L']} word={t('keys.logs')} />}
        <KeyHint keys={['O']} word={t('keys.drawer')} />
        <KeyHint keys={['↵']} word={t('keys.open')} />
      </span>
    </div>
  )
}

const KeyHint = ({ keys, word }: { keys: readonly string[]; word: string }) => (
  <span className="flex items-center gap-1.5">
    {keys.map((key) => (
      <Kbd key={key}>{key}</Kbd>
    ))}
    {word}
  </span>
)
