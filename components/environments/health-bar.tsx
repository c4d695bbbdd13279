'use client'

import { useTranslations } from 'next-intl'
import { cn } from '#components/ui/cn.ts'
import { StateGlyph } from '#components/ui/state-glyph.tsx'
import type { Health } from '#lib/model/health.ts'

const fills: Record<Health, string> = {
  failing: 'bg-fail-solid',
  degraded: 'bg-warn-solid',
  unknown: 'bg-line-strong',
  moving: 'bg-busy-solid',
  healthy: 'bg-ok-solid/55',
  stopped: 'bg-line-strong',
  completed: 'bg-line-strong',
}

/** How many things are how: a bar for the eye, and the same in glyphs and words below. */
export function HealthBar({ parts }: { parts: readonly { health: Health; count: number }[] }) {
  const t = useTranslations('home')
  const tCounts = useTranslations('healthCounts')
  if (parts.length === 0) return <p className="text-xs text-ink-3">{t('noFigures')}</p>
  return (
    <>
      <span aria-hidden className="flex h-2 gap-px overflow-hidden rounded-xs bg-line">
        {parts.map(({ health, count }) => (
          <span key={health} className={cn('min-w-[3px]', fills[health])} style={{ flexGrow: count }} />
        ))}
      </span>
      <ul className="mt-1.5 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink-2 tabular-nums">
        {parts.map(({ health, count }) => (
          <li
            key={health}
            className={cn('inline-flex items-center gap-1.5', health === 'failing' && 'text-fail', health === 'degraded' && 'text-warn')}
          >
            <StateGlyph health={health} size={10} />
            {tCounts(health, { count })}
          </li>
        ))}
      </ul>
    </>
  )
}
