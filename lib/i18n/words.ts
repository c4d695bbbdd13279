import type { Reason } from '../model/reason.ts'

/** What makes a message of a key: next-intl's own translator, on the server or in the browser. */
export interface Translate {
  (key: string, params?: Record<string, string | number>): string
  has(key: string): boolean
}

/** A key without words is shown as its own last part: the code is better than nothing. */
export const lastPartOf = (key: string): string => key.slice(key.lastIndexOf('.') + 1)

/** What a reason says, without the engine's own words. A code nobody wrote words for is answered as it is. */
export function sentenceWith(t: Translate, { code, params }: Reason): string {
  const key = `reasons.${code}`
  return t.has(key) ? t(key, params) : code
}
