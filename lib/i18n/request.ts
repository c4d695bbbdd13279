import { getRequestConfig } from 'next-intl/server'
import { cookies, headers } from 'next/headers'
import { authenticate } from '../access/index.ts'
import { isAppError } from '../errors/index.ts'
import { chooseLanguage, languageCookie } from './language.ts'
import { messages, type Language } from './messages.ts'
import { lastPartOf } from './words.ts'

/** The language of this request: the signed-in person's, else the cookie's, else the browser's. */
export async function requestLanguage(): Promise<Language> {
  const [requestHeaders, requestCookies] = await Promise.all([headers(), cookies()])
  return chooseLanguage({
    profile: await profileLanguage(requestHeaders),
    cookie: requestCookies.get(languageCookie)?.value,
    accept: requestHeaders.get('accept-language'),
  })
}

/** A page that cannot ask who is there still speaks: in the language of the browser. */
async function profileLanguage(requestHeaders: Headers): Promise<Language | null> {
  try {
    return (await authenticate(requestHeaders))?.language ?? null
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

export default getRequestConfig(async () => {
  const locale = await requestLanguage()
  return { locale, messages: messages[locale], timeZone: 'UTC', getMessageFallback: ({ key }) => lastPartOf(key) }
})
