import { z } from 'zod'
import { healths } from './health.ts'
import { Reason } from './reason.ts'

/** Which thing is meant: `kind` is the full name, `docker/containers`. */
export const Reference = z.object({ environment: z.string(), kind: z.string(), key: z.string() })
export type Reference = z.infer<typeof Reference>

/** A typed value of a row. Instants are ISO 8601 strings, sizes are bytes, ratios are [part, whole]. */
export const Fact = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
])
export type Fact = z.infer<typeof Fact>
export type Facts = Record<string, Fact>

/**
 * A link to another resource of the same environment: `key` when the engine names it exactly, else `uid` or `name`.
 * `as` says what it is to this one: `image`, `volume`, `network`, `owner`. `name` is what this one calls it, where it may
 * have several names, as an image has tags.
 */
export const Relation = z.object({ as: z.string(), kind: z.string(), key: z.string(), name: z.string().optional() })
export type Relation = z.infer<typeof Relation>

/** What an engine says of one of its objects: a row of the inventory before it has an id. All instants are ISO 8601. */
export const Summary = z.object({
  key: z.string(),
  uid: z.string(),
  /** Changes whenever anything shown changed; rows of equal version are not written again. */
  version: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  health: z.enum(healths),
  /** The word for the state: `reasons.<code>`. */
  state: Reason,
  /** Why, in a sentence; absent when the state says it all. */
  reason: Reason.nullable(),
  /** Since when it is in this state, by the engine's word. */
  since: z.string().nullable(),
  createdAt: z.string().nullable(),
  facts: z.record(z.string(), Fact),
  images: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  relations: z.array(Relation),
  /** More words to be found by: ids, addresses, ports. Name, labels and images are found anyway. */
  searchTerms: z.array(z.string()),
})
export type Summary = z.infer<typeof Summary>

/** The engine's own JSON, without noise and without secret values. */
export type Document = Record<string, unknown>

/** One row of the inventory as a list shows it. */
export const Row = Summary.omit({ searchTerms: true, relations: true }).extend({
  id: z.string(),
  environment: z.string(),
  kind: z.string(),
  /** When sync last saw it as it is here. */
  observedAt: z.string(),
  /** Action name → reason code, for what the row's own state forbids. Rights are not in here. */
  blocked: z.record(z.string(), z.string()),
})
export type Row = z.infer<typeof Row>
