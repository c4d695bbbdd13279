'use client'

import { RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** A page that fails says so in its place, with the number under which its cause is in the log. */
export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('shell.failed')
  return (
    <div className="mx-auto w-full max-w-2xl p-5">
      <h1 className="sr-only">{t('title')}</h1>
      <Notice
        tone="failed"
        live
        title={t('title')}
        requestId={error.digest}
        actions={
          <Button size={24} icon={RotateCw} onClick={reset}>
            {t('retry')}
          </Button>
        }
      >
        {t('text')}
      </Notice>
    </div>
  )
}
