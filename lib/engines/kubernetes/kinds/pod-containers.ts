import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import type { Health } from '../../../model/health.ts'
import { instantOf } from '../../common/instants.ts'
import type { Json, Stored } from '../object.ts'
import { bounded } from '../values.ts'
import { isSidecar } from './pod-template.ts'

export type Pod = Stored<Json<V1Pod>>
export type ContainerStatus = Json<V1ContainerStatus>

/** One container of a pod: what was asked for, and what has become of it. */
export interface PodContainer {
  name: string
  role: 'init' | 'sidecar' | 'main' | 'ephemeral'
  image: string
  memoryLimit: unknown
  status: ContainerStatus | undefined
}

/** In the order in which they are started. */
export function containersOf({ spec, status }: Pod): PodContainer[] {
  const known = new Map(
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])].map(
      (one) => [one.name, one],
    ),
  )
  const asked = [
    ...(spec?.initContainers ?? []).map((container) => ({
      container,
      role: isSidecar(container) ? ('sidecar' as const) : ('init' as const),
    })),
    ...(spec?.containers ?? []).map((container) => ({ container, role: 'main' as const })),
    ...(spec?.ephemeralContainers ?? []).map((container) => ({ container, role: 'ephemeral' as const })),
  ]
  return asked.map(({ container, role }) => ({
    name: container.name,
    role,
    image: container.image ?? '',
    memoryLimit: container.resources?.limits?.['memory'],
    status: known.get(container.name),
  }))
}

export const endOf = (status: ContainerStatus | undefined) => status?.state?.terminated
export const lastEndOf = (status: ContainerStatus | undefined) => status?.lastState?.terminated

/** Waiting for these is how every container begins. */
export const ordinaryWaits = new Set<string | undefined>([undefined, '', 'ContainerCreating', 'PodInitializing'])

function healthOf(role: PodContainer['role'], status: ContainerStatus | undefined): Health {
  const { running, terminated, waiting } = status?.state ?? {}
  if (running) return status?.ready || role === 'ephemeral' ? 'healthy' : 'moving'
  if (terminated) return terminated.exitCode === 0 ? 'completed' : 'failing'
  return ordinaryWaits.has(waiting?.reason) ? 'moving' : 'failing'
}

const stateOf = (status: ContainerStatus | undefined): string =>
  status?.state?.running ? 'running' : status?.state?.terminated ? 'ended' : 'waiting'

/** Each container with its state, how often it was started again, and how it ended the last time. */
export const containerFacts = (containers: readonly PodContainer[]): Record<string, string | number | null>[] =>
  bounded(
    containers.map(({ name, role, image, status }) => {
      const state = status?.state
      const last = endOf(status) ?? lastEndOf(status)
      return {
        name,
        role,
        image,
        health: healthOf(role, status),
        state: stateOf(status),
        why: state?.waiting?.reason ?? state?.terminated?.reason ?? null,
        since: instantOf(state?.running?.startedAt ?? state?.terminated?.finishedAt ?? ''),
        restarts: status?.restartCount ?? 0,
        exitCode: last?.exitCode ?? null,
        exitReason: last?.reason ?? null,
        exitedAt: instantOf(last?.finishedAt ?? ''),
      }
    }),
  )
