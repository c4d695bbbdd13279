import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { missingSharedKubernetes, sharedKubernetes } from '../../../e2e/engines/kubernetes/shared.ts'
import type { Access, Commands } from '../../../e2e/engines/kubernetes/start.ts'
import { sealSecrets } from '../../access/secrets.ts'
import type { Connection } from '../engine.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))
const { kubernetes: engine } = await import('./index.ts')

const namespace = 'acted-on'
const soon = () => AbortSignal.timeout(20_000)
const busybox = (command: string) => ({ name: 'main', image: 'portolan/busybox:1', command: ['sh', '-c', command] })
const pods = { terminationGracePeriodSeconds: 1, containers: [busybox('sleep 1000')] }
const template = { metadata: { labels: { app: 'web' } }, spec: pods }
const made = (apiVersion: string, kind: string, name: string, parts: object) => ({
  apiVersion,
  kind,
  metadata: { name, ...(kind !== 'StorageClass' && { namespace }) },
  ...parts,
})
const job = (command: string) => ({ template: { spec: { ...pods, restartPolicy: 'Never', containers: [busybox(command)] } } })
const things = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  made('apps/v1', 'Deployment', 'web', { spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template } }),
  made('batch/v1', 'CronJob', 'report', { spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: job('true') } } }),
  made('batch/v1', 'Job', 'long', { spec: job('sleep 1000') }),
  made('v1', 'Pod', 'alone', { spec: pods }),
  made('storage.k8s.io/v1', 'StorageClass', namespace, { provisioner: 'example.com/disk' }),
]

describe.skipIf(missingSharedKubernetes() !== null)('each action on a real cluster', () => {
  let cluster: Access & Commands
  let connection: Connection
  const done = new Set<string>()

  async function act(kind: string, key: string, action: string, input: unknown = null) {
    done.add(action)
    const { summary } = await connection.read(`kubernetes/${kind}`, key, soon())
    return connection.act({ kind: `kubernetes/${kind}`, key, uid: summary.uid, action, input }, () => undefined, soon())
  }
  const factsOf = async (kind: string, key: string) => (await connection.read(`kubernetes/${kind}`, key, soon())).summary.facts
  const read = async (kind: string, name: string, path: string) =>
    cluster.kubectl('get', kind, name, `--namespace=${namespace}`, `--output=jsonpath={${path}}`)
  const failure = (code: string) => expect.objectContaining({ reason: expect.objectContaining({ code }) as unknown }) as unknown

  beforeAll(async () => {
    cluster = await sharedKubernetes()
    connection = engine.connect({ auth: 'token', server: cluster.url }, sealSecrets({ ca: cluster.ca, token: cluster.token }))
    await cluster.apply(things.map((thing) => JSON.stringify(thing)).join('\n---\n'))
  }, 120_000)
  afterAll(async () => {
    await cluster?.kubectl('delete', 'namespace', namespace, '--wait=false')
    connection?.close()
  })

  it('a deployment is scaled, paused, started anew and given another image', async () => {
    const web = `${namespace}/web`
    await act('deployments.apps', web, 'scale', { replicas: 2 })
    expect(await factsOf('deployments.apps', web)).toMatchObject({ desired: 2 })
    await act('deployments.apps', web, 'restart')
    const restarted = '.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt'
    expect(await read('deployment', 'web', restarted)).toMatch(/^\d{4}-/)
    await act('deployments.apps', web, 'pause')
    await expect(act('deployments.apps', web, 'pause')).rejects.toEqual(failure('already-paused'))
    await expect(act('deployments.apps', web, 'restart')).rejects.toEqual(failure('rollout-paused'))
    await act('deployments.apps', web, 'setImage', { image: 'web:1.4' })
    expect(await read('deployment', 'web', '.spec.template.spec.containers[*].image')).toBe('web:1.4')
    expect(await read('deployment', 'web', '.spec.template.spec.containers[*].command[0]')).toBe('sh')
    await act('deployments.apps', web, 'unpause')
    expect(await factsOf('deployments.apps', web)).toMatchObject({ paused: false })
  })

  it('a cronjob is suspended, resumed and run now', async () => {
    const report = `${namespace}/report`
    await act('cronjobs.batch', report, 'suspend')
    expect(await factsOf('cronjobs.batch', report)).toMatchObject({ suspended: true })
    await act('cronjobs.batch', report, 'resume')
    expect(await factsOf('cronjobs.batch', report)).toMatchObject({ suspended: false })
    await act('cronjobs.batch', report, 'run')
    const names = await cluster.kubectl('get', 'jobs', `--namespace=${namespace}`, '--output=name')
    const [name = ''] = /report-manual-\w{5}/.exec(names) ?? []
    const { summary } = await connection.read('kubernetes/jobs.batch', `${namespace}/${name}`, soon())
    expect(summary.relations).toContainEqual({ as: 'owner', kind: 'kubernetes/cronjobs.batch', key: report, name: 'report' })
  })

  it('a job is suspended and resumed', async () => {
    const long = `${namespace}/long`
    await act('jobs.batch', long, 'suspend')
    await expect.poll(() => factsOf('jobs.batch', long), { timeout: 20_000 }).toMatchObject({ status: 'Suspended' })
    await act('jobs.batch', long, 'resume')
    expect(await factsOf('jobs.batch', long)).toMatchObject({ suspended: false })
  })

  it('a pod is labelled, annotated and evicted', async () => {
    const alone = `${namespace}/alone`
    await act('pods', alone, 'label', { name: 'example.com/team', value: 'blue' })
    expect(await read('pod', 'alone', '.metadata.labels')).toBe('{"example.com/team":"blue"}')
    await act('pods', alone, 'label', { name: 'example.com/team', remove: true })
    expect(await read('pod', 'alone', '.metadata.labels')).toBe('')
    await act('pods', alone, 'annotate', { name: 'note', value: 'any words' })
    expect(await read('pod', 'alone', '.metadata.annotations.note')).toBe('any words')
    await act('pods', alone, 'evict')
    const gone = () =>
      factsOf('pods', alone).then(
        () => 'there',
        ({ code }: { code: string }) => code,
      )
    await expect.poll(gone, { timeout: 30_000 }).toBe('not_found')
  })

  it('a node is cordoned, tainted, and neither any more', async () => {
    const node = cluster.nodeName!
    const key = 'example.com/acted-on'
    // A controller taints a node that is cordoned, and takes its time for it.
    const taints = async () => ((await factsOf('nodes', node))['taints'] as string[]).filter((taint) => taint.startsWith(key))
    await act('nodes', node, 'cordon')
    await expect(act('nodes', node, 'cordon')).rejects.toEqual(failure('already-cordoned'))
    await act('nodes', node, 'uncordon')
    expect(await factsOf('nodes', node)).toMatchObject({ unschedulable: false })
    await act('nodes', node, 'taint', { key, value: 'a', effect: 'PreferNoSchedule' })
    await act('nodes', node, 'taint', { key, value: 'b', effect: 'PreferNoSchedule' })
    expect(await taints()).toEqual([`${key}=b:PreferNoSchedule`])
    await act('nodes', node, 'untaint', { key })
    expect(await taints()).toEqual([])
    await expect(act('nodes', node, 'untaint', { key })).rejects.toEqual(failure('no-such-taint'))
  })

  it('a storage class becomes the default and is removed', async () => {
    const kind = 'storageclasses.storage.k8s.io'
    await act(kind, namespace, 'make-default')
    expect(await factsOf(kind, namespace)).toMatchObject({ default: true })
    await act(kind, namespace, 'unmake-default')
    expect(await factsOf(kind, namespace)).toMatchObject({ default: false })
    await act(kind, namespace, 'remove')
    await expect(factsOf(kind, namespace)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('leaves no action out', () => {
    const all = engine.kinds.flatMap((kind) => kind.actions.map((action) => action.name))
    expect(all.filter((action) => !done.has(action))).toEqual([])
  })
})
