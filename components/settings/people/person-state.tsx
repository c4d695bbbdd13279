'use client'

import { useTranslations } from 'next-intl'
import { formatUtc } from '#components/ui/format.ts'
import { StateLabel, type StateName } from '#components/ui/state-glyph.tsx'
import type { Person } from '#lib/model/person.ts'

const glyphs = { active: 'healthy', invited: 'moving', disabled: 'stopped' } as const satisfies Record<Person['state'], StateName>

/** Whether somebody may sign in, and with whom, or which link they are waited for with. */
export function PersonState({ person: { state, link, provider } }: { person: Person }) {
  const t = useTranslations('people')
  const time = link ? `${formatUtc(new Date(link.expiresAt)).slice(0, 16)} UTC` : ''
  const waitedFor = link ? t(link.purpose === 'reset' ? 'resetUntil' : 'linkUntil', { time }) : state === 'invited' ? t('linkGone') : null
  const aside = provider === null ? waitedFor : t('with', { provider })
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 text-sm">
      <StateLabel health={glyphs[state]}>{t(`states.${state}`)}</StateLabel>
      {aside && <span className="text-xs text-ink-3 tabular-nums">{aside}</span>}
    </span>
  )
}
