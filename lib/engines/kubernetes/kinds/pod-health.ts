import type { Reason } from '../../../model/reason.ts'
import { instantOf } from '../../common/instants.ts'
import type { Verdict } from '../kind.ts'
import { numberOf } from '../quantity.ts'
import { conditionOf, isFalse, isTrue, sinceOf, wordsOf } from './conditions.ts'
import { endOf, lastEndOf, ordinaryWaits, type ContainerStatus, type Pod, type PodContainer } from './pod-containers.ts'
import { unschedulable } from './scheduling.ts'

export type PodVerdict = Required<Pick<Verdict, 'health' | 'state' | 'reason' | 'since'>>
type End = NonNullable<ReturnType<typeof endOf>>

/** How a pod is, and in one sentence why it does not run. Pure; `containers` in the order in which they are started. */
export function judgePod(pod: Pod, containers: readonly PodContainer[]): PodVerdict {
  const { status } = pod
  if (pod.metadata.deletionTimestamp) return ending(pod)
  if (status?.phase === 'Succeeded')
    return { health: 'completed', state: { code: 'completed' }, reason: { code: 'exited-cleanly' }, since: lastEnd(containers) }
  if (status?.phase === 'Failed') return failed(pod, containers)
  if (status?.phase === 'Unknown' || status?.reason === 'NodeLost') return lost(pod)
  return unplaced(pod) ?? stuck(pod, containers) ?? beginning(pod, containers) ?? unready(pod, containers) ?? running(pod)
}

const running = ({ status }: Pod): PodVerdict => ({
  health: 'healthy',
  state: { code: 'running' },
  reason: null,
  since: sinceOf(conditionOf(status?.conditions, 'Ready')) ?? instantOf(status?.startTime ?? ''),
})

/** The deletion's instant is the one at which its time is up. */
function ending({ metadata, status }: Pod): PodVerdict {
  const { deletionTimestamp = '', deletionGracePeriodSeconds: seconds = 0, finalizers = [] } = metadata
  const asked = Date.parse(deletionTimestamp) - seconds * 1000
  const reason: Reason =
    status?.reason === 'NodeLost'
      ? { code: 'node-silent' }
      : finalizers.length > 0
        ? { code: 'waits-for-finalizers', params: { names: finalizers.join(', ') } }
        : { code: 'pod-ends', params: { seconds } }
  return { health: 'moving', state: { code: 'terminating' }, reason, since: instantOf(asked / 1000) }
}

function failed({ status }: Pod, containers: readonly PodContainer[]): PodVerdict {
  const since = lastEnd(containers) ?? instantOf(status?.startTime ?? '')
  const words = wordsOf(status?.message)
  if (status?.reason === 'Evicted') return { health: 'failing', state: { code: 'evicted' }, reason: { code: 'pod-evicted', words }, since }
  const culprit = containers.find(({ status: one }) => (endOf(one)?.exitCode ?? 0) !== 0)
  const end = endOf(culprit?.status)
  if (status?.reason || !culprit || !end)
    return {
      health: 'failing',
      state: { code: 'failed' },
      reason: { code: 'pod-failed', params: { why: status?.reason || '–' }, words },
      since,
    }
  return crashed(culprit, end, since)
}

const lost = ({ status }: Pod): PodVerdict => ({
  health: 'unknown',
  state: { code: 'node-lost' },
  reason: { code: 'node-silent' },
  since: sinceOf(conditionOf(status?.conditions, 'Ready')),
})

/** No node has been found for it. */
function unplaced({ spec, status, metadata }: Pod): PodVerdict | null {
  if (spec?.nodeName) return null
  const scheduled = conditionOf(status?.conditions, 'PodScheduled')
  const since = sinceOf(scheduled) ?? instantOf(metadata.creationTimestamp ?? '')
  const gates = (spec?.schedulingGates ?? []).map((gate) => gate.name)
  if (gates.length > 0)
    return {
      health: 'stopped',
      state: { code: 'pending' },
      reason: { code: 'scheduling-gated', params: { names: gates.join(', ') } },
      since,
    }
  if (!isFalse(scheduled)) return { health: 'moving', state: { code: 'pending' }, reason: null, since }
  return { health: 'failing', state: { code: 'pending' }, reason: unschedulable(scheduled?.message, spec), since }
}

const imageTrouble = /Image|Registry|Signature/

/** The first container that something keeps from running. */
function stuck({ spec, status }: Pod, containers: readonly PodContainer[]): PodVerdict | null {
  const since = sinceOf(conditionOf(status?.conditions, 'PodScheduled')) ?? instantOf(status?.startTime ?? '')
  for (const container of containers) {
    if (container.role === 'ephemeral') continue
    const { waiting } = container.status?.state ?? {}
    const end = endOf(container.status)
    const last = lastEndOf(container.status)
    if (waiting?.reason === 'CrashLoopBackOff')
      return { ...crashed(container, last, instantOf(last?.finishedAt ?? '')), state: { code: 'crash-loop' } }
    if (waiting?.reason && !ordinaryWaits.has(waiting.reason)) return kept(container, waiting.reason, waiting.message, since)
    if (end && end.exitCode !== 0) {
      const verdict = crashed(container, end, instantOf(end.finishedAt ?? ''))
      // It stays down beside others that go on.
      if (spec?.restartPolicy === 'Never') return { ...verdict, health: 'degraded' }
      // Between two lives of a loop.
      return (container.status?.restartCount ?? 0) > 0 ? { ...verdict, state: { code: 'crash-loop' } } : verdict
    }
  }
  return null
}

function kept({ name, image }: PodContainer, why: string, message: string | undefined, since: string | null): PodVerdict {
  const words = wordsOf(message)
  if (imageTrouble.test(why))
    return { health: 'failing', state: { code: 'no-image' }, reason: { code: 'image-not-pulled', params: { image, why }, words }, since }
  return {
    health: 'failing',
    state: { code: 'start-failed' },
    reason: { code: 'container-not-started', params: { container: name, why }, words },
    since,
  }
}

function crashed({ name, memoryLimit, status }: PodContainer, end: End | undefined, since: string | null): PodVerdict {
  const outOfMemory = end?.reason === 'OOMKilled'
  const limitMiB = Math.round((numberOf(memoryLimit) ?? 0) / 2 ** 20)
  const params = { container: name, exitCode: end?.exitCode ?? 0, restarts: status?.restartCount ?? 0 }
  const words = wordsOf(end?.message)
  return outOfMemory
    ? {
        health: 'failing',
        state: { code: 'oom-killed' },
        reason: { code: 'container-out-of-memory', params: { ...params, limitMiB }, words },
        since,
      }
    : { health: 'failing', state: { code: 'exited' }, reason: { code: 'container-exits', params, words }, since }
}

/** What has yet to be made or to end before it runs. */
function beginning({ status }: Pod, containers: readonly PodContainer[]): PodVerdict | null {
  const since = sinceOf(conditionOf(status?.conditions, 'PodScheduled')) ?? instantOf(status?.startTime ?? '')
  const first = containers.filter(({ role }) => role === 'init' || role === 'sidecar')
  const done = first.filter(({ role, status: one }) => (role === 'sidecar' ? one?.started : endOf(one)?.exitCode === 0)).length
  const current = first.find(({ role, status: one }) => (role === 'sidecar' ? !one?.started : endOf(one)?.exitCode !== 0))
  if (current?.status?.state?.running)
    return {
      health: 'moving',
      state: { code: 'starting' },
      reason: { code: 'init-container-runs', params: { container: current.name, done, all: first.length } },
      since,
    }
  const waits = containers.some(({ role, status: one }) => role === 'main' && !one?.state?.running && !endOf(one))
  if (!waits && !current) return null
  // Said by the kubelet as long as volumes are not mounted or the sandbox has no network.
  const unprepared = isFalse(conditionOf(status?.conditions, 'PodReadyToStartContainers'))
  return { health: 'moving', state: { code: 'starting' }, reason: unprepared ? { code: 'pod-not-prepared' } : null, since }
}

const isUnready = ({ role, status }: PodContainer): boolean =>
  (role === 'main' || role === 'sidecar') && !status?.ready && endOf(status)?.exitCode !== 0

/** It runs, but is sent no traffic. */
function unready({ spec, status }: Pod, containers: readonly PodContainer[]): PodVerdict | null {
  const ready = conditionOf(status?.conditions, 'Ready')
  if (isTrue(ready) || !ready) return null
  const since = sinceOf(ready)
  const missing = containers.filter((container) => isUnready(container))
  if (missing.length > 0) {
    const names = missing.map((container) => container.name).join(', ')
    const fresh = missing.every((container) => isFresh(container.status, since))
    return {
      health: fresh ? 'moving' : 'degraded',
      state: { code: fresh ? 'starting' : 'not-ready' },
      reason: { code: 'containers-not-ready', params: { names } },
      since,
    }
  }
  const gates = (spec?.readinessGates ?? []).map((gate) => gate.conditionType)
  const closed = gates.filter((gate) => !isTrue(conditionOf(status?.conditions, gate)))
  if (closed.length > 0)
    return {
      health: 'degraded',
      state: { code: 'not-ready' },
      reason: { code: 'readiness-gates', params: { names: closed.join(', ') } },
      since,
    }
  // What has ended well in a pod that goes on is not ready either.
  if (containers.some(({ role, status: one }) => role === 'main' && endOf(one))) return null
  // All are ready by their own word, the pod is not: its node's controller says so once the node has fallen silent.
  return lost({ status } as Pod)
}

/** It has not been ready since it was started, for the first time. */
function isFresh(status: ContainerStatus | undefined, unreadySince: string | null): boolean {
  const started = instantOf(status?.state?.running?.startedAt ?? '')
  return (status?.restartCount ?? 0) === 0 && started !== null && unreadySince !== null && unreadySince <= started
}

const lastEnd = (containers: readonly PodContainer[]): string | null =>
  containers
    .flatMap(({ status }) => instantOf(endOf(status)?.finishedAt ?? '') ?? [])
    .toSorted()
    .at(-1) ?? null
