import { z } from 'zod'
import { Category } from './kind.ts'
import { filterBounds, operators, usualSort, usualWindow } from './query-text.ts'

export const Filter = z.object({
  field: z.string().min(1).max(filterBounds.field),
  op: z.enum(operators),
  values: z.array(z.string().max(filterBounds.value)).min(1).max(filterBounds.values),
})
export type Filter = z.infer<typeof Filter>

export const Sort = z.object({ field: z.string().min(1).max(100), descending: z.boolean() })
export type Sort = z.infer<typeof Sort>

/** Which rows: an anchor row's id or a fraction of the whole, and how many rows before and from there on. */
export const Window = z.object({
  anchor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  fraction: z.number().min(0).max(1).optional(),
  before: z.number().int().min(0).max(200).default(usualWindow.before),
  after: z.number().int().min(0).max(200).default(usualWindow.after),
})
export type Window = z.infer<typeof Window>

/** What is asked of the inventory: by kind (`docker/containers`) or, across engines, by category. */
export const ResourceQuery = z.object({
  kind: z.string().max(250).optional(),
  category: Category.optional(),
  environment: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  text: z.string().max(200).optional(),
  filters: z.array(Filter).max(20).default([]),
  sort: Sort.default(usualSort),
  window: Window.default(usualWindow),
})
export type ResourceQuery = z.infer<typeof ResourceQuery>
