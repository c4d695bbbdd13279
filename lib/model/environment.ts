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
  /** Kinds that cannot be followed at present (`kubernetes/secrets`), and why; left out when all can. */
  unfollowed: z.record(z.string(), Reason).optional(),
  /** Rows by health, of the kinds that carry health: `{ failing: 2, healthy: 21 }`. */
  counts: z.record(z.string(), z.number()),
})
export type Environment = z.infer<typeof Environment>

/** What of an environment depends on the time: nobody writes a word when the one who follows it is dead. */
export type Followed = Pick<Environment, 'state' | 'stateSince' | 'lastContactAt'> & Partial<Pick<Environment, 'error'>>

const heardAt = ({ lastContactAt, stateSince }: Followed): number => Date.parse(lastContactAt ?? stateSince)

/**
 * An environment as it is `now`. One that was left as `live` and was not heard for `silentAfterMs` is behind since it
 * was heard last: whoever follows it would have written more. The engine itself may well answer. Pure.
 */
export function asOf<E extends Followed>(known: E, now: Date, silentAfterMs: number): E {
  if (known.state !== 'live' || now.getTime() - heardAt(known) < silentAfterMs) return known
  const late = { ...known, state: 'behind' as const, stateSince: new Date(heardAt(known)).toISOString() }
  return known.error === undefined ? late : { ...late, error: { code: 'sync-silent' } }
}

/** In how many ms the first of these (as `asOf` answered them) would be behind, if nobody wrote anything; null: none. */
export function behindInMs(known: readonly Followed[], now: Date, silentAfterMs: number): number | null {
  const left = known.filter(({ state }) => state === 'live').map((one) => heardAt(one) + silentAfterMs - now.getTime())
  return left.length ? Math.max(1, Math.min(...left)) : null
}
