const longestString = 32_768
const deepest = 40

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

export function cleanseText(text: string, longest = longestString): string {
  const bounded = text.length > longest ? `${text.slice(0, longest)}…` : text
  return bounded.replaceAll('\0', '').toWellFormed()
}
