import type { V1Container, V1PodSpec, V1PodTemplateSpec } from '@kubernetes/client-node'
import type { Facts, Relation } from '../../../model/resource.ts'
import { column } from '../../define.ts'
import { relation } from '../kind.ts'
import type { Json } from '../object.ts'
import { numberOf, sumOf } from '../quantity.ts'
import { bounded, distinct } from '../values.ts'

export type PodSpec = Json<V1PodSpec>
export type Container = Json<V1Container>
type Resource = 'cpu' | 'memory'

/** An init container that is restarted always runs beside the others for as long as they do. */
export const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always'

/** Those that run together: what does the work, and what runs beside it. */
const lasting = (spec: PodSpec | undefined): Container[] => [
  ...(spec?.containers ?? []),
  ...(spec?.initContainers ?? []).filter((container) => isSidecar(container)),
]
const everyone = (spec: PodSpec | undefined): Container[] => [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])]

export const namesOf = (spec: PodSpec | undefined): string[] => bounded(lasting(spec).map((container) => container.name))
export const countOf = (spec: PodSpec | undefined): number => lasting(spec).length

export const imagesOf = (spec: PodSpec | undefined): string[] => bounded(distinct(everyone(spec).map((container) => container.image)))

/** What the containers are called and where they listen. */
export const termsOf = (spec: PodSpec | undefined): string[] =>
  everyone(spec).flatMap((container) => [
    container.name,
    ...(container.ports ?? []).flatMap((port) => [`${port.containerPort}/${port.protocol ?? 'TCP'}`, ...(port.name ? [port.name] : [])]),
  ])

/**
 * What a node sets aside for it: all that run together, or, where it needs more, an init container with those started
 * before it.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function requestOf(spec: PodSpec | undefined, resource: Resource): number | null {
  const whole = numberOf(spec?.resources?.requests?.[resource])
  if (whole !== null) return whole
  const asked = (container: Container) => numberOf(container.resources?.requests?.[resource])
  let beside = 0
  let most = sumOf(lasting(spec).map((container) => asked(container) ?? 0))
  for (const container of spec?.initContainers ?? []) {
    if (isSidecar(container)) beside += asked(container) ?? 0
    else most = Math.max(most, sumOf([beside, asked(container) ?? 0]))
  }
  return most === 0 && everyone(spec).every((container) => asked(container) === null) ? null : most
}

/** What all together may use; null as soon as one of them has no limit. */
export function limitOf(spec: PodSpec | undefined, resource: Resource): number | null {
  const whole = numberOf(spec?.resources?.limits?.[resource])
  if (whole !== null) return whole
  const limits = lasting(spec).map((container) => numberOf(container.resources?.limits?.[resource]))
  return limits.length === 0 || limits.includes(null) ? null : sumOf(limits as number[])
}

export const resourceFacts = (spec: PodSpec | undefined): Facts => ({
  cpuRequest: requestOf(spec, 'cpu'),
  cpuLimit: limitOf(spec, 'cpu'),
  memoryRequest: requestOf(spec, 'memory'),
  memoryLimit: limitOf(spec, 'memory'),
})

/** The token that every pod is given comes with a configmap that nobody chose. */
const givenToEveryPod = /^kube-api-access-/

/** What a pod of this kind needs of its namespace and its cluster. */
export function needsOf(spec: PodSpec | undefined, namespace: string | undefined): Relation[] {
  const volumes = (spec?.volumes ?? []).filter((volume) => !givenToEveryPod.test(volume.name))
  const projected = volumes.flatMap((volume) => volume.projected?.sources ?? [])
  const containers = everyone(spec)
  const variables = containers.flatMap((container) => (container.env ?? []).map((variable) => variable.valueFrom))
  const sources = containers.flatMap((container) => container.envFrom ?? [])
  const configmaps = [
    ...volumes.map((volume) => volume.configMap?.name),
    ...projected.map((source) => source.configMap?.name),
    ...variables.map((from) => from?.configMapKeyRef?.name),
    ...sources.map((source) => source.configMapRef?.name),
  ]
  const secrets = [
    ...volumes.map((volume) => volume.secret?.secretName),
    ...projected.map((source) => source.secret?.name),
    ...variables.map((from) => from?.secretKeyRef?.name),
    ...sources.map((source) => source.secretRef?.name),
    ...(spec?.imagePullSecrets ?? []).map((secret) => secret.name),
  ]
  const claims = volumes.map((volume) => volume.persistentVolumeClaim?.claimName)
  const each = (as: string, kind: string, names: readonly (string | undefined)[]) =>
    [...new Set(names)].flatMap((name) => (name ? [relation(as, kind, name, namespace)] : []))
  return [
    ...each('serviceaccount', 'serviceaccounts', [spec?.serviceAccountName]),
    ...each('configmap', 'configmaps', configmaps),
    ...each('secret', 'secrets', secrets),
    ...each('claim', 'persistentvolumeclaims', claims),
    ...(spec?.priorityClassName ? [relation('priorityclass', 'priorityclasses.scheduling.k8s.io', spec.priorityClassName)] : []),
  ]
}

/** What every workload's list can show of the pods that it makes. */
export const templateColumns = [
  column('containers', 'list', { facet: true, hidden: true }),
  column('cpuRequest', 'number', { hidden: true }),
  column('cpuLimit', 'number', { hidden: true }),
  column('memoryRequest', 'bytes', { hidden: true }),
  column('memoryLimit', 'bytes', { hidden: true }),
  column('serviceAccount', 'text', { facet: true, hidden: true }),
] as const

/** What every workload says of the pods that it makes. */
export function describeTemplate(template: Json<V1PodTemplateSpec> | undefined, namespace: string | undefined) {
  const spec = template?.spec
  return {
    images: imagesOf(spec),
    relations: needsOf(spec, namespace),
    searchTerms: termsOf(spec),
    facts: { containers: namesOf(spec), ...resourceFacts(spec), serviceAccount: spec?.serviceAccountName ?? null } satisfies Facts,
  }
}
