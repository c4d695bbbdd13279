import { z } from 'zod'
import { Activity, Outcome } from './activity.ts'
import { Health } from './health.ts'
import { Reason } from './reason.ts'

/** What a change is about. `name` is kept even when the thing is gone. */
const subject = { environment: z.string(), kind: z.string(), key: z.string(), name: z.string() }

/** One line of the page Changes: what a person did, or what became different by itself. Instants are ISO 8601. */
export const Change = z.discriminatedUnion('source', [
  z.object({ source: z.literal('activity'), id: z.string(), at: z.string(), activity: Activity }),
  z.object({
    source: z.literal('health'),
    id: z.string(),
    at: z.string(),
    ...subject,
    /** `health` is also a change of state in words; the other two say that the thing itself came or went. */
    change: z.enum(['appeared', 'removed', 'health']),
    from: Health.nullable(),
    to: Health.nullable(),
    reason: Reason.nullable(),
  }),
  z.object({
    source: z.literal('event'),
    id: z.string(),
    at: z.string(),
    ...subject,
    /** The engine's own word: `oom`. */
    action: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
    attributes: z.record(z.string(), z.string()),
  }),
])
export type Change = z.infer<typeof Change>

export const changeSources = ['people', 'itself'] as const

export const ChangesQuery = z.object({
  text: z.string().trim().max(200).optional(),
  environment: z.string().regex(/^\d{1,9}$/).optional(),
  /** A kind's full name: `docker/containers`. */
  kind: z.string().max(200).optional(),
  key: z.string().max(1000).optional(),
  /** The name of the person; what happened by itself has none. */
  who: z.string().max(200).optional(),
  source: z.enum(changeSources).optional(),
  outcome: z.array(Outcome).max(4).optional(),
  /** Activities of one selection. */
  batch: z.uuid().optional(),
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  /** Where the page before ended: `head.next` of that answer. */
  before: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(500).default(100),
})
export type ChangesQuery = z.infer<typeof ChangesQuery>

export const ChangesHead = z.object({
  /** Hand it in as `before` for the page that follows; null at the end. */
  next: z.string().nullable(),
  /** Everybody who ever did something that this person may see, by name. */
  people: z.array(z.string()),
  tookMs: z.number(),
})
export type ChangesHead = z.infer<typeof ChangesHead>
