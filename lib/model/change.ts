import { z } from 'zod'
import { Activity, Outcome } from './activity.ts'
import { TimelineEntry } from './inventory.ts'
import { changeSources } from './outcome.ts'

/** The activity on the same resource that was under way, or had just ended, when something changed. */
export const Cause = z.object({ id: z.string(), verb: z.string(), userName: z.string() })
export type Cause = z.infer<typeof Cause>

const [Event, Transition] = TimelineEntry.options
/** Absent: it came by itself, or nobody knows better. */
const after = Cause.optional()

/** One line of the page Changes: what a person did, or what became different. Instants are ISO 8601. */
export const Change = z.discriminatedUnion('type', [
  z.object({ type: z.literal('activity'), id: z.string(), at: z.string(), activity: Activity }),
  Event.extend({ after }),
  Transition.extend({ after }),
])
export type Change = z.infer<typeof Change>

export const ChangesQuery = z.object({
  text: z.string().trim().max(200).optional(),
  environment: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  /** A kind's full name: `docker/containers`. */
  kind: z.string().max(200).optional(),
  key: z.string().max(1000).optional(),
  /** The name of the person; what engines tell has none. */
  who: z.string().max(200).optional(),
  /** `itself`: what engines tell and what was seen to differ, also where it followed what somebody did. */
  source: z.enum(changeSources).optional(),
  /** One or several; a query string repeats it. */
  outcome: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(Outcome).max(4).optional()),
  /** Activities of one selection. */
  batch: z.uuid().optional(),
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  /** Where the page before ended: `head.next` of that answer. */
  before: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type ChangesQuery = z.infer<typeof ChangesQuery>

export const ChangesHead = z.object({
  /** Hand it in as `before` for the page that follows; null at the end. */
  next: z.string().nullable(),
  tookMs: z.number(),
})
export type ChangesHead = z.infer<typeof ChangesHead>
