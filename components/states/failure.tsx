'use client'

import { RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { AppError, errorTable, isAppError, type WireError } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import { ComesBack } from './comes-back.tsx'

const requestIdOf = (error: AppError | WireError): string | undefined =>
  isAppError(error) ? (error.details as { requestId?: string } | undefined)?.requestId : error.requestId

/** Why something could not be shown, in its place: forbidden is not failed, and neither is empty. */
export function Failure({ error, onRetry }: { error: AppError | WireError; onRetry?: () => void }) {
  const t = useTranslations('failure')
  const say = useErrorSentence()
  const router = useRouter()
  const retry = useCallback(() => (onRetry ? onRetry() : router.refresh()), [onRetry, router])
  const forbidden = errorTable[error.code].show === 'forbidden'
  const known = isAppError(error) ? error : new AppError(error.code, error.message, { reason: error.reason })
  return (
    <Notice
      live
      tone={forbidden ? 'forbidden' : 'failed'}
      title={forbidden ? t('forbidden') : t('title')}
      requestId={requestIdOf(error)}
      actions={
        !forbidden && (
          <Button icon={RotateCw} onClick={retry}>
            {t('again')}
          </Button>
        )
      }
    >
      {error.code === 'unavailable' && <ComesBack onBack={retry} />}
      {say(known)} {error.reason?.words && <code className="font-mono text-xs">{error.reason.words}</code>}
    </Notice>
  )
}

/** The same where a whole page stands on it. */
export const PageFailure = ({ title, error }: { title: string; error: WireError }) => (
  <div className="flex flex-col gap-4 px-6 pt-4 pb-6 max-sm:px-4">
    <h1 className="text-xl font-semibold tracking-[-0.015em]">{title}</h1>
    <Failure error={error} />
  </div>
)
