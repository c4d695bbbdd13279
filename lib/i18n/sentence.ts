import { createTranslator } from 'use-intl/core'
import type { Reason } from '../model/reason.ts'
import { messages, type Language } from './messages.ts'
import { lastPartOf, sentenceWith, type Translate } from './words.ts'

const translators = new Map<Language, Translate>()
function translatorOf(language: Language): Translate {
  const known = translators.get(language)
  if (known) return known
  const made = createTranslator({
    locale: language,
    messages: messages[language],
    timeZone: 'UTC',
    onError: () => undefined,
    getMessageFallback: ({ key }) => lastPartOf(key),
  }) as Translate
  translators.set(language, made)
  return made
}

/** The sentence of a reason, in either language; needs no React. The engine's own words (`reason.words`) are not in it. */
export const sentence = (reason: Reason, language: Language): string => sentenceWith(translatorOf(language), reason)
