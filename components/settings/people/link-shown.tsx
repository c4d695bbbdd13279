'use client'

import { useTranslations } from 'next-intl'
import { formatUtc } from '#components/ui/format.ts'
import type { OneTimeLink, Person } from '#lib/model/person.ts'
import { CopyOnce } from '../copy-once.tsx'

/** The one time that a link can be read: to copy, with what it does and how long it works. */
export function LinkShown({ person: { name, link }, made }: { person: Person; made: OneTimeLink }) {
  const t = useTranslations('people.link')
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-2">{t(link?.purpose === 'reset' ? 'reset' : 'invitation', { name })}</p>
      <CopyOnce label={t('label')} value={made.url} copy={t('copy')} copied={t('copied')} />
      <p className="text-xs text-ink-3">
        {t('until', { time: `${formatUtc(new Date(made.expiresAt)).slice(0, 16)} UTC` })} {t('onlyNow')}
      </p>
    </div>
  )
}
