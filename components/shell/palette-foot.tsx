'use client'

import { useTranslations } from 'next-intl'
import { Kbd } from '#components/ui/kbd.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { ModifierKey } from './modifier-key.tsx'
import type { Search } from './use-search.ts'

/** How much was found, how fast, what was not searched, and the keys. */
export function PaletteFoot({ search: { answer, searching, error }, shown }: { search: Search; shown: number }) {
  const t = useTranslations('shell.palette')
  const say = useErrorSentence()
  const missing = answer?.notCovered.map(({ name }) => name) ?? []
  return (
    <>
      {Boolean(error) && <Notice tone="failed" bar live title={t('failed', { why: say(error) })} className="border-t" />}
      <div className="flex h-9 flex-none items-center gap-4 border-t border-line px-4 text-xs text-ink-3">
        <span role="status" className="min-w-0 truncate">
          {answer && t(answer.more ? 'foundMore' : 'found', { count: shown, ms: answer.tookMs })}
          {!answer && searching && t('searching')}
          {missing.length > 0 && `, ${t('notCovered', { names: missing.join(', ') })}`}
        </span>
        <span className="flex-1" />
        <span className="flex flex-none items-center gap-1.5 max-sm:hidden">
          <Kbd>Tab</Kbd> {t('narrow')}
        </span>
        <span className="flex flex-none items-center gap-1.5 max-sm:hidden">
          <Kbd>
            <ModifierKey />
          </Kbd>
          <Kbd>↵</Kbd> {t('dock')}
        </span>
      </div>
    </>
  )
}
