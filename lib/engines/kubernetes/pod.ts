import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { isAppError } from '../../errors/index.ts'
import type { KubernetesHttp } from './http.ts'
import type { Json, Stored } from './object.ts'

export type Pod = Stored<Json<V1Pod>>
export type ContainerStatus = Json<V1ContainerStatus>

export const podPath = (namespace: string, pod: string) =>
  `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`

/** The pod of this name as it is now; null when there is none. */
export async function lookAtPod(api: KubernetesHttp, namespace: string, name: string, signal: AbortSignal): Promise<Pod | null> {
  const pod = await api.json({ path: podPath(namespace, name), signal }).catch((failure: unknown) => {
    if (isAppError(failure) && failure.code === 'not_found') return null
    throw failure
  })
  return pod as Pod | null
}

/** How a container of any sort is; undefined before the kubelet has said so. */
export const statusOfContainer = ({ status }: Pod, container: string): ContainerStatus | undefined =>
  [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? []), ...(status?.ephemeralContainerStatuses ?? [])].find(
    ({ name }) => name === container,
  )

export const containersOf = ({ spec }: Pod): string[] =>
  [...(spec?.initContainers ?? []), ...(spec?.containers ?? []), ...(spec?.ephemeralContainers ?? [])].map(({ name }) => name)
