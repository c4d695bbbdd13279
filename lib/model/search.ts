import { z } from 'zod'
import { Reason } from './reason.ts'
import { Row } from './resource.ts'

/** Where the words were found: `text` is the value, `ranges` are [start, end) in it. */
export const Matched = z.object({ field: z.string(), text: z.string(), ranges: z.array(z.tuple([z.number(), z.number()])) })
export type Matched = z.infer<typeof Matched>

export const SearchHit = Row.extend({ matched: Matched.nullable() })
export type SearchHit = z.infer<typeof SearchHit>

export const SearchAnswer = z.object({
  hits: z.array(SearchHit),
  /** More were found than are answered. */
  more: z.boolean(),
  /** What could not be searched, or only as it was last known, and why. */
  notCovered: z.array(z.object({ environment: z.string(), name: z.string(), reason: Reason })),
  tookMs: z.number(),
})
export type SearchAnswer = z.infer<typeof SearchAnswer>
