import { z } from 'zod'
import { EnvironmentState } from './environment.ts'
import { healths } from './health.ts'
import type { LiveList } from './live.ts'
import { Reason } from './reason.ts'
import { Row, type Document } from './resource.ts'

/** What the inventory answers, beside rows. All instants are ISO 8601. */

/** How fresh what is shown of one environment is. */
export const EnvironmentFreshness = z.object({
  id: z.string(),
  name: z.string(),
  state: EnvironmentState,
  stateSince: z.string(),
  lastContactAt: z.string().nullable(),
  /** When the listed kinds were last written by sync: the oldest of them. Null before the first list. */
  syncedAt: z.string().nullable(),
})
export type EnvironmentFreshness = z.infer<typeof EnvironmentFreshness>

/** Everything about a list but its rows. */
export const ResourceHead = z.object({
  /** Rows that match. When not exact it is a bound, "10,000+", or an estimate. */
  total: z.number().int(),
  totalExact: z.boolean(),
  /** When `total` was counted; counts on demand are shared and up to 2 s old. */
  totalAt: z.string(),
  /** How many rows come before the first one. */
  position: z.number().int(),
  positionExact: z.boolean(),
  /** The row that the window hangs on: the anchor asked for while it exists, or what the fraction found. */
  anchor: z.string().nullable(),
  tookMs: z.number(),
  /** Rows without text and filters, of the same kind or category, environment and rights. */
  unfilteredTotal: z.number().int(),
  environments: z.array(EnvironmentFreshness),
})
export type ResourceHead = z.infer<typeof ResourceHead>

export const ResourcePage = z.object({ rows: z.array(Row), head: ResourceHead, againAfterMs: z.number().nullish() })
export type ResourcePage = LiveList<Row, ResourceHead>

/** How often each value of a field occurs among what matches all other filters. A missing value is the empty string. */
export const FacetCounts = z.object({
  field: z.string(),
  /** Most frequent first, at most 50. */
  values: z.array(z.object({ value: z.string(), count: z.number().int() })),
  /** False: counted over the first so many matches only, so each count is a lower bound. */
  exact: z.boolean(),
  at: z.string(),
})
export type FacetCounts = z.infer<typeof FacetCounts>

/** The healths that a list's overview ruler marks, worst first. */
export const ruledHealths = ['failing', 'degraded', 'moving'] as const
export type RuledHealth = (typeof ruledHealths)[number]

const RulerMark = z.object({
  health: z.enum(ruledHealths),
  /** How many rows come before the first that it stands for. */
  at: z.number().int(),
  /** So many rows of this health stand there one after the other; at least 1. */
  rows: z.number().int(),
})
export type RulerMark = z.infer<typeof RulerMark>

const RulerPlaces = z.object({
  /** Rows that match: what the places are among. */
  total: z.number().int(),
  counts: z.object({ failing: z.number().int(), degraded: z.number().int(), moving: z.number().int() }),
  /** At most 200, from the first row to the last. */
  marks: z.array(RulerMark),
})
export type RulerPlaces = z.infer<typeof RulerPlaces>

/** Where failing, degraded and moving rows stand among all that match. */
export const Ruler = z.object({
  /** Null: too many rows match to be numbered in this order. */
  places: RulerPlaces.nullable(),
  at: z.string(),
})
export type Ruler = z.infer<typeof Ruler>

/** A resource at the other end of a relation. `row` parts are null when it is not in the inventory or not to be seen. */
export const RelatedRow = z.object({
  as: z.string(),
  /** `to`: the resource points to it; `from`: it points to the resource. */
  direction: z.enum(['to', 'from']),
  kind: z.string(),
  key: z.string(),
  id: z.string().nullable(),
  name: z.string(),
  health: z.enum(healths).nullable(),
  state: Reason.nullable(),
})
export type RelatedRow = z.infer<typeof RelatedRow>

export interface ResourceDetail {
  row: Row
  document: Document
  relations: RelatedRow[]
}

export const HealthCount = z.object({ environment: z.string(), kind: z.string(), health: z.enum(healths), count: z.number().int() })
export type HealthCount = z.infer<typeof HealthCount>

const subject = {
  id: z.string(),
  at: z.string(),
  environment: z.string(),
  kind: z.string(),
  key: z.string(),
  name: z.string(),
  namespace: z.string().nullable(),
}

/** What happened to a resource by an engine's word (`event`) or by comparing what was and is (`change`). */
export const TimelineEntry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('event'),
    ...subject,
    action: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
    attributes: z.record(z.string(), z.string()),
  }),
  z.object({
    type: z.literal('change'),
    ...subject,
    /** Another uid under the same key is another life. */
    uid: z.string(),
    change: z.enum(['appeared', 'removed', 'health']),
    from: z.enum(healths).nullable(),
    to: z.enum(healths).nullable(),
    state: Reason.nullable(),
    reason: Reason.nullable(),
  }),
])
export type TimelineEntry = z.infer<typeof TimelineEntry>
