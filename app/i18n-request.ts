import { getRequestConfig } from 'next-intl/server'
import { cookies, headers } from 'next/headers'
import { isAppError } from '#lib/errors/index.ts'
import { chooseLanguage, languageCookie } from '#lib/i18n/language.ts'
import { messages, type Language } from '#lib/i18n/messages.ts'
import { lastPartOf } from '#lib/i18n/words.ts'
import { currentActor } from './current-actor.ts'

/** A page that cannot ask who is there still speaks: in the language of the browser. */
async function profileLanguage(): Promise<Language | null> {
  try {
    return (await currentActor())?.language ?? null
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

/** next-intl asks here for the language of a request: the signed-in person's, else the cookie's, else the browser's. */
export default getRequestConfig(async () => {
  const [profile, requestHeaders, requestCookies] = await Promise.all([profileLanguage(), headers(), cookies()])
  const locale = chooseLanguage({
    profile,
    cookie: requestCookies.get(languageCookie)?.value,
    accept: requestHeaders.get('accept-language'),
  })
  return { locale, messages: messages[locale], timeZone: 'UTC', getMessageFallback: ({ key }) => lastPartOf(key) }
})
