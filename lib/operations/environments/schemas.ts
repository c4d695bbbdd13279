import { z } from 'zod'
import { Flag } from '../../model/environment.ts'
import { stages } from '../../model/flag.ts'
import { Reason } from '../../model/reason.ts'

export const EnvironmentName = z.string().trim().min(1).max(60)
export const Stage = z.enum(stages)
export const Description = z.string().trim().max(2000)

export const Probe = z.object({
  version: z.string(),
  engineId: z.string(),
  hostName: z.string(),
  figures: z.record(z.string(), z.number()),
  latencyMs: z.number(),
  /** The key that the machine on the way showed; it is to be compared, and saved as `settings.hostKey`. */
  hostKey: z.object({ fingerprint: z.string(), type: z.string(), pinned: z.boolean() }).optional(),
})

/** The environment that an engine is connected as already. */
export const ConnectedAs = z.object({ id: z.string(), name: z.string() }).nullable()

export const Discovered = z.object({
  engine: z.string(),
  /** The engine's word for people: Docker. */
  title: z.string(),
  settings: z.record(z.string(), z.unknown()),
  address: z.string(),
  name: z.string(),
  /** A flag that nobody has yet, one for each that was found. */
  flag: Flag,
  /** What answered; null when nothing did, for `error`. */
  probe: Probe.nullable(),
  error: z.object({ code: z.string(), message: z.string(), reason: Reason.optional() }).nullable(),
  connectedAs: ConnectedAs,
})
export type Discovered = z.infer<typeof Discovered>
