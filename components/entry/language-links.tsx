'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { languageNames } from '#components/shell/language-names.ts'
import { remember } from '#components/shell/preferences.ts'
import { cn } from '#components/ui/cn.ts'
import { languageCookie } from '#lib/i18n/language.ts'
import type { Language } from '#lib/i18n/messages.ts'

/** The language of who is not signed in: kept in a cookie. */
export function LanguageLinks({ current }: { current: Language }) {
  const t = useTranslations('entry')
  const router = useRouter()
  const change = (language: Language) => {
    remember(languageCookie, language)
    document.documentElement.lang = language
    router.refresh()
  }
  return (
    <span role="group" aria-label={t('language')} className="flex gap-1">
      {Object.entries(languageNames).map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === current}
          className={cn('h-6 cursor-default rounded-sm px-1.5 hover:text-ink', language === current && 'font-medium text-ink-2')}
          onClick={() => change(language as Language)}
        >
          {name}
        </button>
      ))}
    </span>
  )
}
