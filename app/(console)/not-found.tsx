import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

/** Inside the shell: a place that is gone costs the page, not the way out of it. */
export default async function NotFound() {
  const t = await getTranslations('shell.notFound')
  return (
    <div className="flex flex-1 flex-col justify-center">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState title={t('title')} actions={<ButtonLink href="/">{t('home')}</ButtonLink>}>
        {t('text')}
      </EmptyState>
    </div>
  )
}
