import type { Language } from '#lib/i18n/messages.ts'

/** A language is called by its own name, whoever reads. */
export const languageNames: Record<Language, string> = { en: 'English', fr: 'Français' }
