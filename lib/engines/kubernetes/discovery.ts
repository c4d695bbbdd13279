import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { KubernetesHttp } from './http.ts'

/** A resource as one server serves it. */
export interface Served {
  group: string
  version: string
  /** `pods`. */
  resource: string
  /** `Pod`. */
  manifestKind: string
  namespaced: boolean
  verbs: readonly string[]
}

/** Served from Kubernetes 1.26 on as v2beta1, from 1.30 on as v2. */
const accept = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`).join(',')

const Resource = z.object({
  resource: z.string(),
  responseKind: z.object({ kind: z.string() }),
  scope: z.string(),
  verbs: z.array(z.string()).catch([]),
})
const Group = z.object({
  metadata: z.object({ name: z.string().catch('') }).catch({ name: '' }),
  versions: z.array(z.object({ version: z.string(), resources: z.array(z.unknown()).catch([]) })).catch([]),
})
/** @see https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery */
const Discovery = z.object({ kind: z.literal('APIGroupDiscoveryList'), items: z.array(Group) })

/** All that a server serves. An odd resource costs no other. */
export async function discover(http: KubernetesHttp, signal: AbortSignal): Promise<Served[]> {
  const [core, groups] = await Promise.all(['/api', '/apis'].map((path) => http.json({ path, headers: { accept }, signal })))
  return [...servedIn(Discovery.safeParse(core).data, http), ...servedIn(Discovery.safeParse(groups).data, http)]
}

function servedIn(discovery: z.infer<typeof Discovery> | undefined, http: KubernetesHttp): Served[] {
  if (!discovery)
    throw new AppError('unsupported', `${http.server.address} is older than Kubernetes 1.26, the oldest that Portolan follows.`, {
      reason: { code: 'kubernetes-too-old', params: { address: http.server.address } },
    })
  return discovery.items.flatMap(({ metadata, versions }) =>
    versions.flatMap(({ version, resources }) =>
      resources.flatMap((raw) => {
        const parsed = Resource.safeParse(raw)
        if (!parsed.success) return []
        const { resource, responseKind, scope, verbs } = parsed.data
        return { group: metadata.name, version, resource, manifestKind: responseKind.kind, namespaced: scope === 'Namespaced', verbs }
      }),
    ),
  )
}

/** In the first of `versions` that there is. Null: none of them, or it cannot be listed. */
export function choose(served: readonly Served[], kind: { group: string; resource: string; versions: readonly string[] }): Served | null {
  const known = served.filter((one) => one.group === kind.group && one.resource === kind.resource && one.verbs.includes('list'))
  return kind.versions.flatMap((version) => known.find((one) => one.version === version) ?? [])[0] ?? null
}

/** `/apis/apps/v1/namespaces/shop/deployments/web/scale`, as far as it is given. */
export function pathOf(served: Served, at: { namespace?: string | null; name?: string; subresource?: string } = {}): string {
  const { group, version, resource } = served
  const named = [
    at.namespace && `namespaces/${encodeURIComponent(at.namespace)}`,
    resource,
    at.name && encodeURIComponent(at.name),
    at.subresource,
  ]
  return [group ? `/apis/${group}/${version}` : `/api/${version}`, ...named.filter(Boolean)].join('/')
}

/** `apps/v1`, `v1`: as a manifest has it. */
export const apiVersionOf = ({ group, version }: Served): string => (group ? `${group}/${version}` : version)
