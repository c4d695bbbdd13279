import { z } from 'zod'
import { outcomes } from './outcome.ts'
import { Reason } from './reason.ts'

export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>

/** One thing done or being done by somebody. The list of activities is the audit log. Instants are ISO 8601. */
export const Activity = z.object({
  id: z.string(),
  /** Activities of one selection share it. */
  batch: z.string().nullable(),
  /** `resource.stop`, `environment.connect`, `session.end` …: `activities.<verb>` in lib/i18n. */
  verb: z.string(),
  environment: z.string().nullable(),
  environmentName: z.string().nullable(),
  kind: z.string().nullable(),
  key: z.string().nullable(),
  /** The name of what it was done to, kept even when the thing is gone. */
  name: z.string().nullable(),
  userId: z.string().nullable(),
  userName: z.string(),
  /** The API token through which they did it; null: signed in. */
  tokenName: z.string().nullable(),
  /** What was asked for, without secrets. */
  input: z.record(z.string(), z.unknown()),
  /** The person's reason, asked for in a protected environment. */
  why: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  outcome: Outcome,
  /** Between 0 and 1 where the engine says, else null. */
  progress: z.number().min(0).max(1).nullable(),
  output: z.string(),
  error: z.object({ code: z.string(), message: z.string(), reason: Reason.optional() }).nullable(),
})
export type Activity = z.infer<typeof Activity>
