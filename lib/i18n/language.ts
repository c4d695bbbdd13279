// Apart from the messages: the browser knows the languages, and gets the words of one of them only.
export const languages = ['en', 'fr'] as const
export type Language = (typeof languages)[number]

/** The cookie that keeps the language of who is not signed in. */
export const languageCookie = 'language'

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value)

/** The person's own choice, else the browser's cookie, else the best of Accept-Language, else English. */
export function chooseLanguage(wishes: { profile?: string | null; cookie?: string | null; accept?: string | null }): Language {
  if (isLanguage(wishes.profile)) return wishes.profile
  if (isLanguage(wishes.cookie)) return wishes.cookie
  return accepted(wishes.accept ?? '')[0] ?? 'en'
}

/** The languages of an Accept-Language header that we speak, best first. */
function accepted(header: string): Language[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { language: tag.split('-')[0]!.toLowerCase(), quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 }
    })
    .filter((wish): wish is { language: Language; quality: number } => isLanguage(wish.language) && wish.quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map((wish) => wish.language)
}
