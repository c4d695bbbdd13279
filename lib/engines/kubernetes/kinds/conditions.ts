import { instantOf } from '../../common/instants.ts'

/** What conditions of all kinds have in common. */
export interface Condition {
  type: string
  status: string
  reason?: string
  message?: string
  lastTransitionTime?: string
}

export const conditionOf = <C extends Condition>(conditions: readonly C[] | undefined, type: string): C | undefined =>
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
