import type { Reason } from '../../../model/reason.ts'
import type { Facts } from '../../../model/resource.ts'
import { column } from '../../define.ts'
import type { Verdict } from '../kind.ts'
import { isTrue, sinceOf, wordsOf, type Condition } from './conditions.ts'

/** How far a controller of several pods has come. */
export interface Replicas {
  desired: number
  /** That exist, old and new. */
  current: number
  ready: number
  /** Ready for as long as was asked for. */
  available: number
  /** Of the newest template. */
  updated: number
}

type Judged = Pick<Verdict, 'health' | 'state' | 'reason' | 'since'>

export const replicaColumns = [
  column('ready', 'text'),
  column('readyCount', 'number', { hidden: true }),
  column('desired', 'number', { hidden: true }),
  column('current', 'number', { hidden: true }),
  column('available', 'number', { hidden: true }),
] as const

export const replicaFacts = ({ desired, current, ready, available }: Replicas): Facts => ({
  ready: `${ready}/${desired}`,
  readyCount: ready,
  desired,
  current,
  available,
})

/** What was asked for has been seen by whoever sees to it. */
export const isObserved = (generation: number | undefined, observed: number | undefined): boolean => (observed ?? 0) >= (generation ?? 0)

/** Nothing is wanted. */
export const atZero = ({ current }: Replicas): Judged =>
  current > 0 ? { health: 'moving', state: { code: 'scaling' } } : { health: 'stopped', state: { code: 'scaled-to-zero' } }

/** What a rollout waits for. */
export const rollingOut = ({ desired, current, available, updated }: Replicas): Judged => ({
  health: 'moving',
  state: { code: 'rolling-out' },
  reason: {
    code: 'rollout-waits',
    params: { updated, desired, old: Math.max(0, current - updated), missing: Math.max(0, desired - available) },
  },
})

/** The server does not let it make pods: a quota, an admission policy. */
export const refused = (failure: Condition | undefined, { available }: Replicas): Judged | null =>
  isTrue(failure)
    ? {
        health: available > 0 ? 'degraded' : 'failing',
        state: { code: 'failed' },
        reason: { code: 'pods-refused', words: wordsOf(failure?.message) },
        since: sinceOf(failure),
      }
    : null

const fewer = ({ desired, available }: Replicas): Reason | null =>
  available < desired ? { code: 'fewer-available', params: { available, desired } } : null

/** Nothing changes any more: are as many available as there should be? */
export function settled(replicas: Replicas): Judged {
  const reason = fewer(replicas)
  return reason ? { health: 'degraded', state: { code: 'degraded' }, reason } : { health: 'healthy', state: { code: 'running' } }
}

/** For controllers that only keep a number of pods. */
export function judgeReplicas(replicas: Replicas, observed: boolean, failure?: Condition): Judged {
  const { desired, current } = replicas
  const held = refused(failure, replicas)
  if (held) return held
  if (desired === 0) return atZero(replicas)
  return !observed || current !== desired ? { health: 'moving', state: { code: 'scaling' }, reason: fewer(replicas) } : settled(replicas)
}
