'use client'

import { useQuery } from '@tanstack/react-query'
import { CornerDownRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Progress } from '#components/ui/progress.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Reason } from '#lib/model/reason.ts'
import { apiOf } from '../href.ts'
import { useWords } from '../words.ts'
import type { Asked } from './acting.ts'

/** What it would end, erase or cut off, as the engine says now. Asked for one thing; a selection is told row by row after. */
export function Consequences({ asked: { action, target } }: { asked: Asked }) {
  const t = useTranslations('resources.act')
  const words = useWords()
  const sayError = useErrorSentence()
  const row = 'rows' in target && target.rows.length === 1 ? target.rows[0] : undefined
  const { data, error, isLoading } = useQuery({
    queryKey: ['consequences', row?.id, action.name],
    queryFn: ({ signal }) => api<{ consequences: Reason[] }>(`${apiOf(row!)}/consequences/${action.name}`, { signal }),
    enabled: row !== undefined,
    staleTime: 0,
    gcTime: 0,
  })
  if (!row) return null
  if (isLoading)
    return (
      <p className="flex items-center gap-2.5 text-sm text-ink-3">
        <Progress label={t('asking')} value={null} />
        {t('asking')}
      </p>
    )
  if (error) return <p className="text-sm text-ink-2">{t('consequencesFailed', { reason: sayError(error) })}</p>
  if (!data?.consequences.length) return <p className="text-sm text-ink-2">{t('noConsequences')}</p>
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {data.consequences.map((reason, i) => (
        <li key={i} className="flex items-start gap-2">
          <CornerDownRight aria-hidden className="mt-0.5 size-4 flex-none text-ink-3" strokeWidth={1.6} />
          <span>{words.reason(reason)}</span>
        </li>
      ))}
    </ul>
  )
}
