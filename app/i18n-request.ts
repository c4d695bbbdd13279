import { getRequestConfig } from 'next-intl/server'
import { cookies, headers } from 'next/headers'
import { chooseLanguage, languageCookie } from '#lib/i18n/language.ts'
import { messages } from '#lib/i18n/messages.ts'
import { lastPartOf } from '#lib/i18n/words.ts'
import { actorIfKnown } from './current-actor.ts'

/** next-intl asks here for the language of a request: the signed-in person's, else the cookie's, else the browser's. */
export default getRequestConfig(async () => {
  const [actor, requestHeaders, requestCookies] = await Promise.all([actorIfKnown(), headers(), cookies()])
  const locale = chooseLanguage({
    // A page that cannot ask who is there still speaks: in the language of the browser.
    profile: actor?.language ?? null,
    cookie: requestCookies.get(languageCookie)?.value,
    accept: requestHeaders.get('accept-language'),
  })
  return { locale, messages: messages[locale], timeZone: 'UTC', getMessageFallback: ({ key }) => lastPartOf(key) }
})
