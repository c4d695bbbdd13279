import { z } from 'zod'
import { Category } from './kind.ts'

export const operators = ['is', 'not', 'in', 'gt', 'lt', 'has'] as const
export const Operator = z.enum(operators)

export const Filter = z.object({ field: z.string().min(1).max(100), op: Operator, values: z.array(z.string().max(500)).min(1).max(100) })
export type Filter = z.infer<typeof Filter>

export const Sort = z.object({ field: z.string().min(1).max(100), descending: z.boolean() })
export type Sort = z.infer<typeof Sort>

/** Which rows: an anchor row's id or a fraction of the whole, and how many rows before and from there on. */
export const Window = z.object({
  anchor: z.string().regex(/^\d{1,18}$/).optional(),
  fraction: z.number().min(0).max(1).optional(),
  before: z.number().int().min(0).max(200).default(0),
  after: z.number().int().min(0).max(200).default(50),
})
export type Window = z.infer<typeof Window>

/** What is asked of the inventory: by kind (`docker/containers`) or, across engines, by category. */
export const ResourceQuery = z.object({
  kind: z.string().optional(),
  category: Category.optional(),
  environment: z.string().optional(),
  text: z.string().max(200).optional(),
  filters: z.array(Filter).max(20).default([]),
  sort: Sort.default({ field: 'health', descending: false }),
  window: Window.default({ before: 0, after: 50 }),
})
export type ResourceQuery = z.infer<typeof ResourceQuery>

/** Values of a filter are separated by commas; a comma, colon or backslash inside one is escaped by a backslash. */
const escapeValue = (value: string) => value.replace(/[\\,:]/g, (c) => `\\${c}`)

function splitUnescaped(text: string, separator: string, limit = Infinity): string[] {
  const parts: string[] = ['']
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\' && i + 1 < text.length) parts[parts.length - 1] += c + text[++i]!
    else if (c === separator && parts.length < limit) parts.push('')
    else parts[parts.length - 1] += c
  }
  return parts
}
const unescapeValue = (value: string) => value.replace(/\\(.)/g, '$1')

export const formatFilter = (f: Filter): string => `${f.field}:${f.op}:${f.values.map(escapeValue).join(',')}`

/** Reads `field:op:a,b`. Throws a ZodError on anything else. */
export function parseFilter(text: string): Filter {
  const [field = '', op = '', values = ''] = splitUnescaped(text, ':', 3)
  return Filter.parse({ field: unescapeValue(field), op, values: splitUnescaped(values, ',').map(unescapeValue) })
}

export const formatSort = (s: Sort): string => (s.descending ? `-${s.field}` : s.field)
export const parseSort = (text: string): Sort =>
  text.startsWith('-') ? { field: text.slice(1), descending: true } : { field: text, descending: false }
