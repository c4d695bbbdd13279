import { setImmediate } from 'node:timers/promises'

const longestString = 32_768
const deepest = 40
const longestTurnMs = 10

/**
 * What an engine sent, made fit to keep: no NUL (Postgres has no place for it), no broken UTF-16, no endless strings, no
 * endless nesting. Values of JSON only.
 */
export function cleanse(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanseText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return null
  if (Array.isArray(value)) return value.map((item) => cleanse(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanseText(key), cleanse(item, depth + 1)]))
}

/** The same of an answer, which may be a list of very many or hold one. */
export async function cleanseInTurns(answer: unknown): Promise<unknown> {
  const inner = (value: unknown) => (Array.isArray(value) ? inTurns(value, (item) => cleanse(item, 2)) : cleanse(value, 1))
  if (Array.isArray(answer) || typeof answer !== 'object' || answer === null) return inner(answer)
  const cleansed: [string, unknown][] = []
  for (const [name, value] of Object.entries(answer)) cleansed.push([cleanseText(name), await inner(value)])
  return Object.fromEntries(cleansed)
}

/** Does something to each of many, and lets others have their turn meanwhile: no engine may make all the others wait. */
export async function inTurns<T, R>(items: readonly T[], run: (item: T) => R): Promise<R[]> {
  const done: R[] = []
  let since = performance.now()
  for (const item of items) {
    done.push(run(item))
    if (performance.now() - since < longestTurnMs) continue
    await setImmediate()
    since = performance.now()
  }
  return done
}

export function cleanseText(text: string, longest = longestString): string {
  const bounded = text.length > longest ? `${text.slice(0, longest)}…` : text
  return bounded.replaceAll('\0', '').toWellFormed()
}
