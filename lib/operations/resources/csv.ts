import type { Language } from '../../i18n/language.ts'
import { sentence } from '../../i18n/sentence.ts'
import type { Column } from '../../model/kind.ts'
import type { Reason } from '../../model/reason.ts'
import type { Fact, Row } from '../../model/resource.ts'

/** Columns of a list of several kinds. */
const common = ['name', 'health', 'state', 'namespace', 'createdAt', 'images'] as const

/** What stands in front of every line, whatever the list: which thing it is. */
const identity = ['environment', 'kind', 'key'] as const

/** The columns of a file: identity, then those of the kind, without doubles. */
export function csvColumns(columns: readonly Column[] | null): string[] {
  return [...new Set<string>([...identity, ...(columns?.map(({ name }) => name) ?? common)])]
}

function textOf(value: Fact | undefined): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')
  return String(value)
}

// What a spreadsheet takes for a formula when a cell begins with it. @see https://owasp.org/www-community/attacks/CSV_Injection
const formula = /^[=+\-@\t\r]/

/** One field as RFC 4180 writes it. Text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers. */
export function csvField(value: Fact | undefined): string {
  const text = textOf(value)
  const safe = typeof value !== 'number' && formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (values: readonly (Fact | undefined)[]): string => `${values.map(csvField).join(',')}\r\n`

/** As on the screen: the sentence, and behind it what the engine itself said. */
const inWords = (reason: Reason, language: Language): string => [sentence(reason, language), reason.words].filter(Boolean).join(' ')

/** A row's value of a column, by the names that queries use, in words of a language. */
export function valueOf(row: Row, column: string, environmentName: string, language: Language): Fact | undefined {
  if (column === 'environment') return environmentName
  if (column === 'state') return inWords(row.state, language)
  if (column === 'reason') return row.reason && inWords(row.reason, language)
  if (column === 'labels') return Object.entries(row.labels).map(([name, value]) => `${name}=${value}`)
  const own = row[column as keyof Row]
  return (own === undefined ? row.facts[column] : own) as Fact | undefined
}
