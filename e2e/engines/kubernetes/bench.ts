import { readFile } from 'node:fs/promises'
import { sealSecrets } from '../../../lib/access/secrets.ts'
import type { Engine, Observed } from '../../../lib/engines/engine.ts'
import { kinds } from '../../../lib/engines/kubernetes/kinds/index.ts'
import type { KubernetesKind } from '../../../lib/engines/kubernetes/kind.ts'
import type { Bench, Candidate, Specimen } from '../bench.ts'
import { answerOf } from './ask.ts'
import { missingForKubernetes } from './releases.ts'
import { specimens } from './specimens.ts'
import { startKubernetes, type Access } from './start.ts'

/** An engine as the contract asks it. */
export const kubernetesCandidates: Candidate[] = [
  { title: 'Kubernetes 1.36', missing: missingForKubernetes(), start: kubernetesBench, without: ['nothing left running'] },
]

const namespace = 'bench'
const shortOf = ({ name }: KubernetesKind) => name.replace('kubernetes/', '')
const fact = (name: string, wanted: unknown) => (after: Observed | null) => after?.summary.facts[name] === wanted
const isGone = (after: Observed | null) => after === null

type Actions = Specimen['actions']
type Make = (name: string, more?: object) => Promise<void>

async function kubernetesBench(engine: Engine): Promise<Bench> {
  const cluster = await startKubernetes({ name: 'contract' })
  await cluster.kubectl('create', 'namespace', namespace)
  await cluster.apply(await readFile(new URL('manifests/8-gateway.yaml', import.meta.url), 'utf8'))
  await cluster.kubectl('wait', 'crd', '--all', '--for=condition=Established')
  const making =
    (kind: KubernetesKind): Make =>
    (name, more = {}) =>
      tell(cluster, 'POST', kind, '', manifestOf(kind, name, more))
  const specimenOf = (kind: KubernetesKind): Specimen => ({
    ...(names[shortOf(kind)] && { named: names[shortOf(kind)]! }),
    make: making(kind),
    destroy: (name) => tell(cluster, 'DELETE', kind, name),
    actions: { ...basics(making(kind)), ...more[shortOf(kind)]?.(making(kind)) },
  })
  const pods = making(kinds.find(({ name }) => name === 'kubernetes/pods')!)
  const running = { name: 'main', image: 'portolan/busybox:1' }
  return {
    connect: () => engine.connect({ auth: 'token', server: cluster.url }, sealSecrets({ ca: cluster.ca, token: cluster.token })),
    async restart() {
      await cluster.kill('SIGKILL')
      await cluster.restart()
    },
    stop: () => cluster.stop(),
    mainProgram: (name) =>
      pods(name, { spec: { restartPolicy: 'Never', containers: [{ ...running, stdin: true, tty: true, command: ['sh'] }] } }),
    asleep: (name) => pods(name, { spec: { restartPolicy: 'Never', containers: [{ ...running, command: ['true'] }] } }),
    secretive: { kind: 'kubernetes/secrets', hidden: /"DB_PASSWORD":"•[0-9a-f]{8}"/ },
    survivor: { kind: 'kubernetes/configmaps', stateAfter: 'exists' },
    refused: { kind: 'kubernetes/configmaps', action: 'label', input: { name: 'no such name' } },
    terminalAs: false,
    measures: { usage: false, disk: false },
    specimens: Object.fromEntries(kinds.filter(({ category }) => category !== 'event').map((kind) => [kind.name, specimenOf(kind)])),
  }
}

/** Of these not every name will do. */
const names: Record<string, (name: string) => string> = {
  'customresourcedefinitions.apiextensions.k8s.io': (name) => `${name}.bench.example.com`,
  'apiservices.apiregistration.k8s.io': (name) => `v1.${name}.example.com`,
}

const basics = (make: Make): Actions => ({
  label: {
    prepare: (name) => make(name),
    input: { name: 'colour', value: 'blue' },
    done: (after) => after?.summary.labels['colour'] === 'blue',
  },
  annotate: {
    prepare: (name) => make(name),
    input: { name: 'example.com/colour', value: 'blue' },
    done: (after) => JSON.stringify(after?.document).includes('"example.com/colour":"blue"'),
  },
  remove: { prepare: (name) => make(name), input: { dependents: 'background' }, done: isGone },
})

/** A switch that is off when it is made: to set it, and to take it back. */
const flips = (make: Make, name: string, on: object, [set, unset]: readonly [string, string]): Actions => ({
  [set]: { prepare: make, done: fact(name, true), blocked: (one) => make(one, on) },
  [unset]: { prepare: (one) => make(one, on), done: fact(name, false), blocked: make },
})
const scale = (make: Make): Actions => ({ scale: { prepare: make, input: { replicas: 1 }, done: fact('desired', 1) } })
const restart = (make: Make): Actions => ({
  restart: { prepare: make, done: (after) => JSON.stringify(after?.document).includes('kubectl.kubernetes.io/restartedAt') },
})
const setImage = (make: Make): Actions => ({
  setImage: { prepare: make, input: { image: 'web:1.4' }, done: (after) => after?.summary.images.includes('web:1.4') ?? false },
})
const byDefault = (make: Make, annotation: string): Actions => {
  const isDefault = { metadata: { annotations: { [annotation]: 'true' } } }
  return flips(make, 'default', isDefault, ['make-default', 'unmake-default'])
}

const more: Record<string, (make: Make) => Actions> = {
  'deployments.apps': (make) => ({
    ...scale(make),
    ...restart(make),
    ...setImage(make),
    ...flips(make, 'paused', { spec: { paused: true } }, ['pause', 'unpause']),
  }),
  'statefulsets.apps': (make) => ({ ...scale(make), ...restart(make), ...setImage(make) }),
  'daemonsets.apps': (make) => ({ ...restart(make), ...setImage(make) }),
  'replicasets.apps': scale,
  replicationcontrollers: scale,
  'jobs.batch': (make) => {
    const going = (name: string) => make(name, { spec: { suspend: false } })
    return {
      suspend: { prepare: going, done: fact('suspended', true), blocked: make },
      resume: { prepare: make, done: fact('suspended', false), blocked: going },
    }
  },
  'cronjobs.batch': (make) => ({
    run: { prepare: make, done: (after) => after !== null },
    ...flips(make, 'suspended', { spec: { suspend: true } }, ['suspend', 'resume']),
  }),
  pods: (make) => ({ evict: { prepare: make, done: isGone } }),
  nodes: (make) => {
    const tainted = (name: string) => make(name, { spec: { taints: [{ key: 'colour', effect: 'NoSchedule' }] } })
    const says = (wanted: boolean) => (after: Observed | null) => JSON.stringify(after?.document).includes('"key":"colour"') === wanted
    return {
      ...flips(make, 'unschedulable', { spec: { unschedulable: true } }, ['cordon', 'uncordon']),
      taint: { prepare: make, input: { key: 'colour' }, done: says(true) },
      untaint: { prepare: tainted, input: { key: 'colour' }, done: says(false) },
    }
  },
  'apiservices.apiregistration.k8s.io': (make) => {
    const elsewhere = { service: { name: 'nobody', namespace }, insecureSkipTLSVerify: true }
    return { remove: { prepare: (name) => make(name, { spec: elsewhere }), done: isGone, blocked: make } }
  },
  'ingressclasses.networking.k8s.io': (make) => byDefault(make, 'ingressclass.kubernetes.io/is-default-class'),
  'storageclasses.storage.k8s.io': (make) => byDefault(make, 'storageclass.kubernetes.io/is-default-class'),
}

function manifestOf(kind: KubernetesKind, name: string, more: { metadata?: object; spec?: object }) {
  const own = specimens[shortOf(kind)]!(name) as { metadata?: object; spec?: object }
  return {
    apiVersion: [kind.group, kind.versions[0]].filter(Boolean).join('/'),
    kind: kind.manifestKind,
    ...own,
    metadata: { ...own.metadata, ...more.metadata, name },
    ...((own.spec ?? more.spec) && { spec: { ...own.spec, ...more.spec } }),
  }
}

async function tell(cluster: Access, method: 'POST' | 'DELETE', kind: KubernetesKind, name: string, body?: object): Promise<void> {
  const { group, resource, versions, namespaced } = kind
  const base = group ? `/apis/${group}/${versions[0]}` : '/api/v1'
  const path = `${base}${namespaced ? `/namespaces/${namespace}` : ''}/${resource}${name && `/${name}`}`
  const answer = await answerOf(cluster, method, path, body ?? { propagationPolicy: 'Background' })
  if (!answer || answer.status >= 300) throw new Error(`${method} ${path} answered ${answer?.status}: ${answer?.text}`)
}
