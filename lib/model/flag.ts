import type { Flag } from './environment.ts'

export const stages = ['dev', 'test', 'staging', 'prod'] as const
export const flagHues = ['plum', 'azure', 'teal', 'ochre', 'violet', 'moss', 'umber', 'slate'] as const
export const flagPatterns = ['cross', 'halves', 'quarters', 'bands', 'saltire', 'square', 'diag', 'dot'] as const

/** Flags are given out pattern first, then hue, so that the first eight differ in both. `taken` is how many exist. */
export function nextFlag(name: string, taken: number): Flag {
  const code = name.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return {
    pattern: flagPatterns[taken % flagPatterns.length]!,
    hue: flagHues[(taken + Math.floor(taken / flagHues.length)) % flagHues.length]!,
    code: code.slice(0, 3).padEnd(2, 'X'),
  }
}
