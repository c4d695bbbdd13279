import { z } from 'zod'
import { Change } from './change.ts'
import { Environment } from './environment.ts'

/** An environment and how much of each kind it holds, by health: `{ 'docker/containers': { failing: 2 } }`. */
export const EnvironmentCard = z.object({ environment: Environment, kinds: z.record(z.string(), z.record(z.string(), z.number())) })
export type EnvironmentCard = z.infer<typeof EnvironmentCard>

/** The head of Home; its rows are the problems, worst first, of environments that answer. */
export const HomeHead = z.object({
  environments: z.array(EnvironmentCard),
  /** Of environments that answer: what a silent one last said is counted by none of these. */
  failing: z.number(),
  degraded: z.number(),
  /** What changed lately, newest first. */
  changes: z.array(Change),
})
export type HomeHead = z.infer<typeof HomeHead>

/** The head of an environment's own page; its rows are the problems there. */
export const EnvironmentOverview = EnvironmentCard.extend({ changes: z.array(Change) })
export type EnvironmentOverview = z.infer<typeof EnvironmentOverview>
