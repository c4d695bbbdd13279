import { cleanText, escapeLike } from './sql.ts'

/** Punctuation of names, addresses and images, and the letters that stand for it: Georgian ones, which engines' names do not have. */
const punctuation = '-._:/@='
const letters = 'აბგდევზ'
const letterOf = new Map([...punctuation].map((c, i) => [c, letters[i]!]))

/**
 * Text as it is kept to be found, and as it is looked for. A trigram never reaches across punctuation, so that "10.17."
 * would be looked up as two numbers, found nearly everywhere; as letters it is as rare as it is (2 to 8 times faster).
 * Where Postgres does not take these for letters, it is only as slow as without.
 */
export const searchable = (text: string): string =>
  cleanText(text)
    .toLowerCase()
    .replace(/[-._:/@=]/g, (c) => letterOf.get(c)!)

/** The pattern of LIKE for what holds `text`, in searchable text. */
export const searchablePattern = (text: string): string => `%${escapeLike(searchable(text))}%`
