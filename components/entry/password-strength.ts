import { leastPasswordLength } from '#lib/model/login.ts'

export type Strength = 'short' | 'weak' | 'fair' | 'good'

/**
 * A rough word on a password, so that nobody takes `aaaaaaaaaa`: what counts is how long it is and how many different
 * characters are in it, not which classes they are of.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html (length above composition rules)
 */
export function strengthOf(password: string): Strength {
  if ([...password].length < leastPasswordLength) return 'short'
  const different = new Set(password.toLowerCase()).size
  if (different < 5 || /^(?:\d+|(.{1,4})\1+)$/.test(password)) return 'weak'
  return [...password].length >= 16 && different >= 8 ? 'good' : 'fair'
}
