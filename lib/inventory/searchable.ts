import { cleanText, escapeLike } from './sql.ts'

/**
 * Punctuation of names, addresses and images, and the letters that stand for it: capitals, which text in lower case does
 * not have, of the letters that words have least.
 */
const letters: Record<string, string> = { '-': 'Q', '.': 'X', '/': 'Z', ':': 'J', _: 'V', '=': 'K', '@': 'W' }

/**
 * Text as it is kept to be found, and as it is looked for. A trigram never reaches across punctuation, so that "10.17."
 * would be looked up as two numbers, found nearly everywhere; as letters it is as rare as it is. They are ASCII because
 * what else is a letter depends on the locale of the database. Trigrams do not tell capitals from small letters, but the
 * comparison with what they found does.
 */
export const searchable = (text: string): string =>
  cleanText(text)
    .toLowerCase()
    .replace(/[-._:/@=]/g, (c) => letters[c]!)

/** The pattern of LIKE for what holds `text`, in searchable text. */
export const searchablePattern = (text: string): string => `%${escapeLike(searchable(text))}%`
