import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { isAppError } from '../errors/index.ts'
import type { Reason } from '../model/reason.ts'
import { sentenceWith, type Translate } from './words.ts'

/** Makes the sentence of a reason in the reader's language: `say(row.reason)`. */
export function useReason(): (reason: Reason) => string {
  const t = useTranslations() as Translate
  return useCallback((reason: Reason) => sentenceWith(t, reason), [t])
}

/** What any error says: its reason where there is one, else the words of its code. */
export function useErrorSentence(): (error: unknown) => string {
  const t = useTranslations() as Translate
  return useCallback(
    (error: unknown) => {
      if (!isAppError(error)) return t('errors.internal')
      return error.reason && t.has(`reasons.${error.reason.code}`) ? sentenceWith(t, error.reason) : t(`errors.${error.code}`)
    },
    [t],
  )
}
