import type { Health } from '../../../model/health.ts'
import { instantOf } from '../../common/instants.ts'

/** What conditions of all kinds have in common. */
export interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
  lastTransitionTime?: string
}

export const conditionOf = <C extends Condition>(conditions: readonly C[] | null | undefined, type: string): C | undefined =>
  conditions?.find((condition) => condition.type === type)

export const isTrue = (condition: Condition | undefined): boolean => condition?.status === 'True'
export const isFalse = (condition: Condition | undefined): boolean => condition?.status === 'False'

/** Since when it is as it is. */
export const sinceOf = (condition: Condition | undefined): string | null => instantOf(condition?.lastTransitionTime ?? '')

const longestWords = 500

/** The server's own words, verbatim; their beginning says what happened. */
export function wordsOf(message: string | undefined): string | undefined {
  const words = message?.trim()
  if (!words) return undefined
  return words.length > longestWords ? `${words.slice(0, longestWords)}…` : words
}

/** The server's own words, to stand behind a sentence of ours. */
export function verbatim(message: string | undefined): { words?: string } {
  const words = wordsOf(message)
  return words === undefined ? {} : { words }
}

/** The verdict of a condition that ought to be otherwise: why, in its own words, and since when. */
export const because = (condition: Condition | undefined, health: Health, state: string, code: string) => ({
  health,
  state: { code: state },
  reason: { code, ...verbatim(condition?.message || condition?.reason) },
  since: sinceOf(condition),
})
