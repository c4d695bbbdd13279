import { z } from 'zod'

/**
 * A sentence before it has a language: a code (a key under `reasons` in lib/i18n) and its parameters.
 * `words` are the engine's own words, shown verbatim.
 */
export const Reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  words: z.string().optional(),
})
export type Reason = z.infer<typeof Reason>
