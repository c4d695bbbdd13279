import { instantOf } from '../../common/instants.ts'
import { conditionOf, isTrue } from './conditions.ts'
import { lastEndOf, type ContainerStatus, type Pod } from './pod-containers.ts'
import { countOf, isSidecar } from './pod-template.ts'

/** What kubectl shows of a pod under STATUS, READY and RESTARTS. */
export interface PodStatus {
  status: string
  ready: number
  containers: number
  restarts: number
  lastRestartAt: string | null
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/printers/internalversion/printers.go (printPod) */
export function statusOf(pod: Pod): PodStatus {
  const { spec, status, metadata } = pod
  const gated = conditionOf(status?.conditions, 'PodScheduled')?.reason === 'SchedulingGated'
  const outset = gated ? 'SchedulingGated' : status?.reason || status?.phase || 'Unknown'
  const initial = initialising(pod)
  const initialised = isTrue(conditionOf(status?.conditions, 'Initialized'))
  const mains = status?.containerStatuses ?? []
  const sidecars = (status?.initContainerStatuses ?? []).filter((one) => sidecarNames(pod).has(one.name))
  const over = !initial.status || initialised
  const counted = over ? [...sidecars, ...mains] : initial.seen
  const ends = counted.flatMap((one) => instantOf(lastEndOf(one)?.finishedAt ?? '') ?? [])
  const working = over ? mains.filter((one) => one.ready && one.state?.running) : []
  const word = over ? wordOf(mains, initial.status ?? outset, working.length > 0, isTrue(conditionOf(status?.conditions, 'Ready'))) : null
  const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed'
  const ending = metadata.deletionTimestamp && (status?.reason === 'NodeLost' ? 'Unknown' : isOver ? null : 'Terminating')
  return {
    status: ending || word || initial.status || outset,
    ready: initial.ready + working.length,
    containers: countOf(spec),
    restarts: counted.reduce((sum, one) => sum + (one.restartCount ?? 0), 0),
    lastRestartAt: ends.toSorted().at(-1) ?? null,
  }
}

const sidecarNames = ({ spec }: Pod): Set<string> =>
  new Set((spec?.initContainers ?? []).filter((container) => isSidecar(container)).map((container) => container.name))

/** The first init container that has not done its part, in a word; those up to it; and the sidecars among them that are ready. */
function initialising(pod: Pod): { status: string | null; seen: ContainerStatus[]; ready: number } {
  const sidecars = sidecarNames(pod)
  const statuses = pod.status?.initContainerStatuses ?? []
  const started = (one: ContainerStatus) => sidecars.has(one.name) && one.started === true
  const done = (one: ContainerStatus) => one.state?.terminated?.exitCode === 0 || started(one)
  const at = statuses.findIndex((one) => !done(one))
  const seen = at === -1 ? statuses : statuses.slice(0, at + 1)
  const ready = seen.filter((one) => started(one) && one.ready && one.state?.terminated?.exitCode !== 0).length
  const waits = statuses[at]
  if (!waits) return { status: null, seen, ready }
  const { terminated, waiting } = waits.state ?? {}
  const ended = terminated && (terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`))
  const held = waiting?.reason === 'PodInitializing' ? undefined : waiting?.reason
  return { status: `Init:${ended || held || `${at}/${pod.spec?.initContainers?.length ?? 0}`}`, seen, ready }
}

/** Of the containers the first one's word counts. */
function wordOf(statuses: readonly ContainerStatus[], outset: string, works: boolean, ready: boolean): string {
  let word = outset
  for (const { state } of statuses.toReversed()) {
    const { waiting, terminated } = state ?? {}
    if (waiting?.reason) word = waiting.reason
    else if (terminated) word = terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`)
  }
  if (word === 'Completed' && works) return ready ? 'Running' : 'NotReady'
  return word
}
