'use client'

import { RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { errorTable, type AppError } from '#lib/errors/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'

/** Why something could not be shown, in its place: forbidden is not failed, and neither is empty. */
export function Failure({ error, onRetry }: { error: AppError; onRetry?: () => void }) {
  const t = useTranslations('settings')
  const say = useErrorSentence()
  const router = useRouter()
  const forbidden = errorTable[error.code].show === 'forbidden'
  const requestId = (error.details as { requestId?: string } | undefined)?.requestId
  return (
    <Notice
      live
      tone={forbidden ? 'forbidden' : 'failed'}
      title={forbidden ? t('forbiddenTitle') : t('failedTitle')}
      requestId={requestId}
      actions={
        !forbidden && (
          <Button icon={RotateCw} onClick={onRetry ?? (() => router.refresh())}>
            {t('again')}
          </Button>
        )
      }
    >
      {say(error)} {error.reason?.words && <code className="font-mono text-xs">{error.reason.words}</code>}
    </Notice>
  )
}
