'use client'

import { useTranslations } from 'next-intl'

/**
 * A page that fails says so in its place, with the number under which its cause is in the log. It comes with every page, in a
 * file of its own, so it is made of nothing that would be brought twice.
 */
export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('shell.failed')
  return (
    <div className="mx-auto w-full max-w-2xl p-5">
      <div role="status" className="rounded-lg border border-line bg-surface px-3.5 py-3 text-sm">
        <h1 className="font-semibold">{t('title')}</h1>
        <p className="text-ink-2">{t('text')}</p>
        <p className="mt-2 flex items-center gap-2">
          <button
            type="button"
            className="inline-flex h-7 cursor-default items-center rounded-md border border-line-strong bg-surface px-2.5 font-medium hover:bg-hover max-sm:h-11"
            onClick={reset}
          >
            {t('retry')}
          </button>
          {error.digest && <code className="ml-auto font-mono text-2xs text-ink-3">req {error.digest}</code>}
        </p>
      </div>
    </div>
  )
}
