import { z } from 'zod'
import { flagHues, flagPatterns, stages } from './flag.ts'
import { Reason } from './reason.ts'

/** Identity of an environment on every screen: colour, pattern and a three-letter code. */
export const Flag = z.object({ hue: z.enum(flagHues), pattern: z.enum(flagPatterns), code: z.string().regex(/^[A-Z0-9]{2,3}$/) })
export type Flag = z.infer<typeof Flag>

/** connecting: never answered yet · live · behind: the engine answers, our following does not keep up · stale · paused. */
export const environmentStates = ['connecting', 'live', 'behind', 'stale', 'paused'] as const
export const EnvironmentState = z.enum(environmentStates)
export type EnvironmentState = z.infer<typeof EnvironmentState>

export const Environment = z.object({
  id: z.string(),
  name: z.string(),
  engine: z.string(),
  stage: z.enum(stages),
  flag: Flag,
  description: z.string(),
  /** Asks for a reason before every change. */
  protected: z.boolean(),
  /** Where it is, for people: `unix:///var/run/docker.sock`. Never holds a secret. */
  address: z.string(),
  state: EnvironmentState,
  stateSince: z.string(),
  lastContactAt: z.string().nullable(),
  /** Of the engine, as it says. */
  engineVersion: z.string().nullable(),
  /** Why it is not live. */
  error: Reason.nullable(),
  /** Rows by health, of the kinds that carry health: `{ failing: 2, healthy: 21 }`. */
  counts: z.record(z.string(), z.number()),
})
export type Environment = z.infer<typeof Environment>
