import { expect, it } from 'vitest'
import { chooseLanguage } from './language.ts'

it.each([
  [{ profile: 'fr', cookie: 'en', accept: 'en' }, 'fr'],
  [{ profile: null, cookie: 'fr', accept: 'en' }, 'fr'],
  [{ cookie: 'de', accept: 'fr-CA,fr;q=0.9,en;q=0.8' }, 'fr'],
  [{ accept: 'de, en;q=0.5, fr;q=0.8' }, 'fr'],
  [{ accept: 'fr;q=0, en;q=0.1' }, 'en'],
  [{ accept: 'de' }, 'en'],
  [{}, 'en'],
])('%j → %s', (wishes, language) => {
  expect(chooseLanguage(wishes)).toBe(language)
})
