'use client'

import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useEffect } from 'react'
import { toast } from '#components/ui/toaster.tsx'
import { api } from '#lib/client/index.ts'
import { useErrorSentence } from '#lib/i18n/use-reason.ts'
import type { Theme } from '#lib/model/person.ts'

/** The theme, and how to choose another: at once here, and kept for the person's other browsers. */
export function useThemeChoice(): { theme: Theme; choose: (theme: Theme) => void } {
  const t = useTranslations('shell')
  const say = useErrorSentence()
  const { theme = 'system', setTheme } = useTheme()
  const choose = (next: Theme) => {
    setTheme(next)
    api('/api/me', { method: 'PATCH', body: { theme: next } }).catch((error: unknown) =>
      toast({ health: 'failing', title: t('themeFailed'), description: say(error) }),
    )
  }
  return { theme: theme as Theme, choose }
}

/** Takes over what the person chose in another browser; who never chose keeps what this one has. */
export function useThemeOf(chosen: Theme | null): void {
  const { setTheme } = useTheme()
  useEffect(() => {
    if (chosen) setTheme(chosen)
    // oxlint-disable-next-line react/exhaustive-deps -- a choice made here must not be taken back by its own echo
  }, [chosen])
}
