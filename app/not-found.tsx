import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default async function NotFound() {
  const t = await getTranslations('shell.notFound')
  return (
    <main className="flex h-dvh flex-col items-center justify-center">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState title={t('title')} actions={<ButtonLink href="/">{t('home')}</ButtonLink>}>
        {t('text')}
      </EmptyState>
    </main>
  )
}
