/** Collects the parameters of one statement while its text is being written. */
export class Params {
  readonly values: unknown[] = []

  /** The placeholder of a value: `$3`. */
  add(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}

/** A string as an SQL literal, for what must be known when a statement is planned (the kind of a partial index). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A pattern of LIKE that matches exactly this text. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (c) => `\\${c}`)

export const allOf = (conditions: readonly string[]): string => (conditions.length ? conditions.map((c) => `(${c})`).join(' AND ') : 'true')
export const anyOf = (conditions: readonly string[]): string => (conditions.length ? conditions.map((c) => `(${c})`).join(' OR ') : 'false')

/** Postgres takes neither U+0000 nor half a surrogate pair; engines let people write both. */
export const cleanText = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed()

const unsafeJson = /\\u0000|\\ud[89a-f]/i

/** JSON that Postgres takes. */
export function cleanJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (!unsafeJson.test(json)) return json
  return JSON.stringify(cleanValue(value))
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [cleanText(name), cleanValue(inner)]))
}
