import { getTranslations } from 'next-intl/server'
import { buttonStyle } from '#components/ui/button-style.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'

/** Comes with every page in case there is none: it brings nothing into the browser. */
export default async function NotFound() {
  const t = await getTranslations('shell.notFound')
  return (
    <main className="flex h-dvh flex-col items-center justify-center">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState
        title={t('title')}
        actions={
          // oxlint-disable-next-line next/no-html-link-for-pages -- the router's link would come with every page for this one
          <a href="/" className={buttonStyle()}>
            {t('home')}
          </a>
        }
      >
        {t('text')}
      </EmptyState>
    </main>
  )
}
