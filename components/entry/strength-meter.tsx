'use client'

import { useTranslations } from 'next-intl'
import type { Strength } from './password-strength.ts'

const bars: Record<Strength, number> = { short: 0, weak: 1, fair: 2, good: 3 }

/** Bars and a word; the word is what counts. */
export function StrengthMeter({ strength }: { strength: Strength }) {
  const t = useTranslations('entry.setup')
  return (
    <span className="flex items-center gap-2 text-xs text-ink-3" role="status">
      <span aria-hidden className="flex gap-0.5">
        {[1, 2, 3].map((bar) => (
          <span key={bar} className={`h-1 w-5 rounded-full ${bar <= bars[strength] ? 'bg-ink-2' : 'bg-line'}`} />
        ))}
      </span>
      {t('strength', { word: t(`strengths.${strength}`) })}
    </span>
  )
}
