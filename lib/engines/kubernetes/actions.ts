import { z } from 'zod'
import { AppError } from '../../errors/index.ts'
import type { V1CronJob, V1Node, V1Pod, V1PodTemplateSpec, V1Taint } from '@kubernetes/client-node'
import type { ActionDescription } from '../../model/kind.ts'
import type { Role } from '../../model/role.ts'
import type { Action } from '../engine.ts'
import { kubernetesAction, type ActionCall } from './kind.ts'
import type { Json } from './object.ts'

/** What becomes of those that it owns. @see https://kubernetes.io/docs/concepts/architecture/garbage-collection/#cascading-deletion */
const Removal = z.object({ dependents: z.enum(['background', 'foreground', 'orphan']).default('background') })

const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const

/** Deletes the very object that was meant: the sender adds its uid as a precondition. */
export const remove = <T>(weight: ActionDescription['weight'] = 'irreversible') =>
  kubernetesAction<T, typeof Removal>({
    role: 'operator',
    weight,
    input: Removal,
    call: (_, { dependents }): ActionCall => ({ method: 'DELETE', body: { propagationPolicy: policies[dependents] } }),
  })

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const Key = z.string().regex(/^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/)
const LabelValue = z.string().regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/)

const Label = z.object({ name: Key, value: LabelValue.default(''), remove: z.boolean().default(false) })
/** All annotations of an object together have room in 256 KiB. */
const Annotation = z.object({ name: Key, value: z.string().max(100_000).default(''), remove: z.boolean().default(false) })

/** Sets one label, or takes it away. */
export const label = <T>() =>
  kubernetesAction<T, typeof Label>({
    role: 'operator',
    weight: 'undoable',
    input: Label,
    call: (_, input): ActionCall => ({
      method: 'PATCH',
      body: { metadata: { labels: { [input.name]: input.remove ? null : input.value } } },
    }),
  })

/** Sets one annotation, or takes it away. */
export const annotate = <T>() =>
  kubernetesAction<T, typeof Annotation>({
    role: 'operator',
    weight: 'undoable',
    input: Annotation,
    call: (_, input): ActionCall => ({
      method: 'PATCH',
      body: { metadata: { annotations: { [input.name]: input.remove ? null : input.value } } },
    }),
  })

/** What can be done to anything that is there. */
export const basics = <T>() => ({ label: label<T>(), annotate: annotate<T>(), remove: remove<T>() })

const Replicas = z.object({ replicas: z.number().int().min(0).max(100_000) })

export const scale = <T>() =>
  kubernetesAction<T, typeof Replicas>({
    role: 'deployer',
    weight: 'undoable',
    input: Replicas,
    call: (_, { replicas }): ActionCall => ({ method: 'PATCH', subresource: 'scale', body: { spec: { replicas } } }),
  })

/** What makes pods of a template, and new ones of a new template. */
export interface Templated {
  spec?: { template?: Json<V1PodTemplateSpec>; paused?: boolean }
}

/** As `kubectl rollout restart` does: another template, that differs in nothing but this instant. */
export const restart = <T extends Templated>(now = () => new Date()) =>
  kubernetesAction<T>({
    role: 'deployer',
    weight: 'recoverable',
    blockedBy: (row) => (row.facts['paused'] === true ? 'rollout-paused' : undefined),
    call: (): ActionCall => ({
      method: 'PATCH',
      body: { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': now().toISOString() } } } } },
    }),
  })

/** An image's reference has no spaces; what else is wrong with it, the server or the node says. */
const NewImage = z.object({ container: z.string().max(63).default(''), image: z.string().regex(/^[^\s]{1,1000}$/) })

/** Gives one container of the template another image; no name is needed where there is but one. */
export const setImage = <T extends Templated>() =>
  kubernetesAction<T, typeof NewImage>({
    role: 'deployer',
    weight: 'recoverable',
    input: NewImage,
    call: ({ spec }, { container, image }): ActionCall => {
      const { containers = [], initContainers = [] } = spec?.template?.spec ?? {}
      const name = container || (containers.length === 1 ? (containers[0]?.name ?? '') : '')
      const list = containers.some((one) => one.name === name) ? 'containers' : 'initContainers'
      if (list === 'initContainers' && !initContainers.some((one) => one.name === name))
        throw noSuch(name, [...containers, ...initContainers])
      return { method: 'PATCH', patch: 'strategic', body: { spec: { template: { spec: { [list]: [{ name, image }] } } } } }
    },
  })

const noSuch = (container: string, known: readonly { name: string }[]) =>
  new AppError('invalid_input', `There is no container ${container}.`, {
    reason: { code: 'no-such-container', params: { container: container || '–', names: known.map((one) => one.name).join(', ') } },
  })

interface Switch {
  field: 'paused' | 'suspend' | 'unschedulable'
  to: boolean
  /** What tells how it stands. */
  fact: string
  already: string
  role: Role
  weight?: ActionDescription['weight']
  blockedBy?: Action['blockedBy']
}

/** Sets a switch of the object's spec; off where it stands so already. */
const flip = <T>({ field, to, fact, already, role, weight = 'undoable', blockedBy }: Switch) =>
  kubernetesAction<T>({
    role,
    weight,
    blockedBy: (row) => blockedBy?.(row) ?? ((row.facts[fact] === true) === to ? already : undefined),
    call: (): ActionCall => ({ method: 'PATCH', body: { spec: { [field]: to } } }),
  })

const paused = { field: 'paused', fact: 'paused', role: 'deployer' } as const
export const pause = <T>() => flip<T>({ ...paused, to: true, already: 'already-paused' })
export const unpause = <T>() => flip<T>({ ...paused, to: false, already: 'not-paused' })

const suspended = { field: 'suspend', fact: 'suspended', role: 'deployer' } as const
export const suspend = <T>(weight?: Switch['weight'], blockedBy?: Switch['blockedBy']) =>
  flip<T>({ ...suspended, to: true, already: 'already-suspended', ...(weight && { weight }), ...(blockedBy && { blockedBy }) })
export const resume = <T>() => flip<T>({ ...suspended, to: false, already: 'not-suspended' })

const unschedulable = { field: 'unschedulable', fact: 'unschedulable', role: 'operator' } as const
export const cordon = <T>() => flip<T>({ ...unschedulable, to: true, already: 'already-cordoned' })
export const uncordon = <T>() => flip<T>({ ...unschedulable, to: false, already: 'not-cordoned' })

/** Makes the job that the schedule would make, now; what `kubectl create job --from` does. */
export const runNow = () =>
  kubernetesAction<Json<V1CronJob>>({
    role: 'deployer',
    weight: 'recoverable',
    call: ({ metadata, spec }): ActionCall => ({
      method: 'POST',
      path: `/apis/batch/v1/namespaces/${encodeURIComponent(metadata.namespace ?? '')}/jobs`,
      body: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
          // A job's name is given to its pods as a label, which has 63 letters; 5 of them are the server's.
          generateName: `${metadata.name.slice(0, 49)}-manual-`,
          labels: spec?.jobTemplate?.metadata?.labels,
          annotations: { ...spec?.jobTemplate?.metadata?.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
          ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true }],
        },
        spec: spec?.jobTemplate?.spec,
      },
    }),
  })

/** Deletes a pod unless a disruption budget forbids it. */
export const evict = () =>
  kubernetesAction<Json<V1Pod>>({
    role: 'operator',
    weight: 'recoverable',
    blockedBy: (row) => (row.facts['phase'] === 'Succeeded' || row.facts['phase'] === 'Failed' ? 'not-running' : undefined),
    call: ({ metadata: { name, namespace, uid } }): ActionCall => ({
      method: 'POST',
      subresource: 'eviction',
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions: { preconditions: { uid } } },
    }),
  })

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const
const Taint = z.object({ key: Key, value: LabelValue.default(''), effect: z.enum(effects).default('NoSchedule') })
const Untaint = z.object({ key: Key, effect: z.enum(['all', ...effects]).default('all') })

/** The list is one value to the server: written whole, of the version that was read. */
const withTaints = (metadata: { resourceVersion: string }, taints: readonly Json<V1Taint>[]): ActionCall => ({
  method: 'PATCH',
  body: { metadata: { resourceVersion: metadata.resourceVersion }, spec: { taints } },
})

export const taint = () =>
  kubernetesAction<Json<V1Node>, typeof Taint>({
    role: 'operator',
    // What does not tolerate it may be thrown off the node at once.
    weight: 'recoverable',
    input: Taint,
    call: ({ metadata, spec }, { key, value, effect }): ActionCall => {
      const others = (spec?.taints ?? []).filter((one) => one.key !== key || one.effect !== effect)
      return withTaints(metadata, [...others, { key, ...(value && { value }), effect }])
    },
  })

export const untaint = () =>
  kubernetesAction<Json<V1Node>, typeof Untaint>({
    role: 'operator',
    weight: 'recoverable',
    input: Untaint,
    call: ({ metadata, spec }, { key, effect }): ActionCall => {
      const taints = spec?.taints ?? []
      const left = taints.filter((one) => one.key !== key || (effect !== 'all' && one.effect !== effect))
      if (left.length === taints.length)
        throw new AppError('invalid_input', `There is no taint ${key}.`, {
          reason: { code: 'no-such-taint', params: { key, names: taints.map((one) => `${one.key}:${one.effect}`).join(', ') || '–' } },
        })
      return withTaints(metadata, left)
    },
  })
