import type { Health } from '../../../model/health.ts'
import type { Reason } from '../../../model/reason.ts'
import { instantOf } from '../../common/instants.ts'
import type { ContainerReply } from '../replies.ts'

export interface Verdict {
  health: Health
  state: Reason
  reason: Reason | null
  since: string | null
}

/** Exit codes that say "ended by a signal that a person sends": 128 + SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM. */
export const askedToEnd: Record<number, string> = { 129: 'SIGHUP', 130: 'SIGINT', 131: 'SIGQUIT', 137: 'SIGKILL', 143: 'SIGTERM' }

/** Docker starts these again by itself whatever the exit code, so one that stays down was stopped by somebody. */
const alwaysRestarted = new Set(['always', 'unless-stopped'])

const longestWords = 500

/** The end of what a program said, where the cause usually stands. */
export function wordsOf(output: string): string | undefined {
  const words = output.trim()
  if (!words) return undefined
  return words.length > longestWords ? `…${words.slice(-longestWords)}` : words
}

/** How a container is and why, by what `GET /containers/{id}/json` says. Pure. */
export function judge(container: ContainerReply): Verdict {
  const { State: state } = container
  const started = instantOf(state.StartedAt)
  const finished = instantOf(state.FinishedAt)
  switch (state.Status) {
    case 'running':
      return judgeRunning(container, started)
    case 'paused':
      return { health: 'stopped', state: { code: 'paused' }, reason: null, since: started }
    case 'restarting':
      return crashLoop(container, finished)
    case 'exited':
      return judgeExited(container, finished)
    case 'created':
      return state.Error
        ? startFailed(container, instantOf(container.Created))
        : { health: 'stopped', state: { code: 'created' }, reason: null, since: instantOf(container.Created) }
    case 'removing':
      return { health: 'moving', state: { code: 'removing' }, reason: null, since: finished }
    case 'dead':
      return {
        health: 'failing',
        state: { code: 'dead' },
        reason: { code: 'container-dead', words: wordsOf(state.Error) },
        since: finished,
      }
    default:
      return {
        health: 'unknown',
        state: { code: 'unknown-state' },
        reason: { code: 'unknown-engine-state', params: { status: state.Status } },
        since: null,
      }
  }
}

function judgeRunning(container: ContainerReply, started: string | null): Verdict {
  const check = container.State.Health
  switch (check?.Status) {
    case 'healthy':
      return { health: 'healthy', state: { code: 'healthy' }, reason: null, since: started }
    case 'starting':
      return {
        health: 'moving',
        state: { code: 'starting' },
        reason: { code: 'health-check-pending', params: { failures: check.FailingStreak }, words: wordsOf(check.Log.at(-1)?.Output ?? '') },
        since: started,
      }
    case 'unhealthy':
      return {
        health: 'failing',
        state: { code: 'unhealthy' },
        reason: { code: 'health-check-failed', params: { streak: check.FailingStreak }, words: wordsOf(check.Log.at(-1)?.Output ?? '') },
        since: failingSince(check) ?? started,
      }
    default:
      return { health: 'healthy', state: { code: 'running' }, reason: null, since: started }
  }
}

type HealthCheck = NonNullable<ContainerReply['State']['Health']>

/** Docker keeps the last 5 probes; for a longer streak the beginning is reckoned back by their mean distance. */
function failingSince(check: HealthCheck): string | null {
  const failures = check.Log.slice(-Math.max(1, check.FailingStreak))
  const first = Date.parse(failures[0]?.Start ?? '')
  const last = Date.parse(failures.at(-1)?.Start ?? '')
  if (!Number.isFinite(first) || !Number.isFinite(last)) return null
  const unseen = Math.max(0, check.FailingStreak - failures.length)
  if (unseen === 0 || failures.length < 2) return new Date(first).toISOString()
  const began = first - (unseen * (last - first)) / (failures.length - 1)
  // To the minute: the reckoning is no better, and must not tremble from probe to probe.
  return new Date(Math.floor(began / 60_000) * 60_000).toISOString()
}

function judgeExited(container: ContainerReply, finished: string | null): Verdict {
  const { ExitCode: exitCode, OOMKilled: outOfMemory, Error: error } = container.State
  const signal = askedToEnd[exitCode]
  if (outOfMemory && exitCode !== 0) return killedForMemory(container, finished)
  if (error) return startFailed(container, finished)
  if (alwaysRestarted.has(container.HostConfig.RestartPolicy.Name))
    return { health: 'stopped', state: { code: 'stopped' }, reason: { code: 'stopped-on-purpose', params: { exitCode } }, since: finished }
  if (exitCode === 0) return { health: 'completed', state: { code: 'completed' }, reason: { code: 'exited-cleanly' }, since: finished }
  if (signal)
    return {
      health: 'stopped',
      state: { code: 'stopped' },
      reason: { code: 'ended-by-signal', params: { signal, exitCode } },
      since: finished,
    }
  return { health: 'failing', state: { code: 'exited' }, reason: { code: 'exited-with', params: { exitCode } }, since: finished }
}

function killedForMemory(container: ContainerReply, since: string | null): Verdict {
  const limit = container.HostConfig.Memory
  return {
    health: 'failing',
    state: { code: 'oom-killed' },
    reason:
      limit > 0 ? { code: 'killed-for-memory', params: { limitMiB: Math.round(limit / 2 ** 20) } } : { code: 'killed-for-memory-of-host' },
    since,
  }
}

const startFailed = (container: ContainerReply, since: string | null): Verdict => ({
  health: 'failing',
  state: { code: 'start-failed' },
  reason: { code: 'engine-could-not-start', params: { exitCode: container.State.ExitCode }, words: wordsOf(container.State.Error) },
  since,
})

function crashLoop(container: ContainerReply, since: string | null): Verdict {
  const { ExitCode: exitCode, OOMKilled: outOfMemory } = container.State
  const params = { exitCode, restarts: container.RestartCount }
  return outOfMemory
    ? { ...killedForMemory(container, since), state: { code: 'crash-loop' } }
    : { health: 'failing', state: { code: 'crash-loop' }, reason: { code: 'restarts-again-and-again', params }, since }
}

/** Docker forgets its growing restart delay once a container has run this long: until then it is not out of the loop. */
export const settleMs = 10_000

/**
 * A container that Docker itself started again counts as crashing until it has run for `settleMs`, else it would flicker
 * between failing and healthy at each round. `now` is the engine's clock, in milliseconds since 1970.
 * `recheckAt` says when the answer may become another one.
 */
export function settle(verdict: Verdict, container: ContainerReply, now: number): { verdict: Verdict; recheckAt: number | null } {
  const started = Date.parse(container.State.StartedAt)
  const finished = instantOf(container.State.FinishedAt)
  const settled = started + settleMs
  if (container.State.Status !== 'running' || container.RestartCount === 0 || !finished || !(now < settled))
    return { verdict, recheckAt: null }
  return { verdict: crashLoop(container, finished), recheckAt: settled }
}
