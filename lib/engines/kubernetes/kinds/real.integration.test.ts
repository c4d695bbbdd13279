import { Agent, get } from 'node:https'
import { beforeAll, describe, expect, it } from 'vitest'
import { applySample } from '../../../../e2e/engines/kubernetes/sample.ts'
import { missingSharedKubernetes, sharedKubernetes } from '../../../../e2e/engines/kubernetes/shared.ts'
import type { Access, Commands } from '../../../../e2e/engines/kubernetes/start.ts'
import { Summary } from '../../../model/resource.ts'
import type { Described } from '../../common/observe.ts'
import type { KubernetesKind } from '../kind.ts'
import type { KubernetesObject, Stored } from '../object.ts'
import { comparable, printed } from './fixtures/printed.ts'
import { kinds } from './index.ts'

interface Table {
  columnDefinitions?: { name: string }[]
  rows?: { cells: unknown[]; object: Stored<KubernetesObject> }[]
}

/** What the server prints of a kind, and the very objects that it prints it of. */
function tableOf({ url, ca, token }: Access, { group, versions, resource }: KubernetesKind): Promise<Table> {
  const path = `${group ? `apis/${group}` : 'api'}/${versions[0]}/${resource}?includeObject=Object`
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }
  return new Promise((resolve, reject) => {
    const asked = get(`${url}/${path}`, { agent: new Agent({ ca }), headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('error', reject).on('end', () => resolve(JSON.parse(text) as Table))
    })
    asked.on('error', reject)
  })
}

/** What a real cluster makes of the sample: kind, the beginning of the key, health, state, reason. */
const verdicts: [string, string, string, string, string | null][] = [
  ['pods', 'shop/web-', 'healthy', 'running', null],
  ['pods', 'shop/done', 'completed', 'completed', 'exited-cleanly'],
  ['pods', 'broken/failed', 'failing', 'exited', 'container-exits'],
  ['pods', 'broken/crashes-', 'failing', 'crash-loop', 'container-exits'],
  ['pods', 'broken/not-alive', 'failing', 'crash-loop', 'container-exits'],
  ['pods', 'broken/out-of-memory', 'failing', 'crash-loop', 'container-out-of-memory'],
  ['pods', 'broken/no-such-program', 'failing', 'start-failed', 'container-not-started'],
  ['pods', 'broken/no-config', 'failing', 'start-failed', 'container-not-started'],
  ['pods', 'broken/no-image-', 'failing', 'no-image', 'image-not-pulled'],
  ['pods', 'broken/too-big-', 'failing', 'pending', 'unschedulable'],
  ['pods', 'broken/wrong-node', 'failing', 'pending', 'unschedulable'],
  ['pods', 'broken/gated', 'stopped', 'pending', 'scheduling-gated'],
  ['pods', 'broken/init-waits', 'moving', 'starting', 'init-container-runs'],
  ['pods', 'broken/never-ready', 'moving', 'starting', 'containers-not-ready'],
  ['pods', 'broken/over-deadline', 'failing', 'failed', 'pod-failed'],
  ['pods', 'broken/does-not-go', 'moving', 'terminating', 'waits-for-finalizers'],
  ['deployments.apps', 'shop/web', 'healthy', 'running', null],
  ['deployments.apps', 'shop/asleep', 'stopped', 'scaled-to-zero', null],
  ['deployments.apps', 'broken/refused', 'failing', 'failed', 'pods-refused'],
  ['deployments.apps', 'broken/no-image', 'failing', 'rollout-stuck', 'no-progress'],
  ['statefulsets.apps', 'shop/db', 'healthy', 'running', null],
  ['daemonsets.apps', 'shop/node-agent', 'healthy', 'running', null],
  ['daemonsets.apps', 'shop/gpu-only', 'stopped', 'stopped', 'no-node-matches'],
  ['jobs.batch', 'shop/migrate', 'completed', 'completed', null],
  ['jobs.batch', 'shop/held-back', 'stopped', 'suspended', null],
  ['jobs.batch', 'broken/fails', 'failing', 'failed', 'job-failed'],
  ['cronjobs.batch', 'shop/nightly-report', 'stopped', 'suspended', null],
  ['nodes', 'node-', 'healthy', 'ready', null],
  ['namespaces', 'stuck', 'failing', 'terminating', 'namespace-not-emptied'],
  ['persistentvolumeclaims', 'shop/data-db-0', 'healthy', 'bound', null],
  ['persistentvolumeclaims', 'broken/cannot-be-made', 'moving', 'pending', 'claim-waits-for-provisioner'],
  ['persistentvolumes', 'disk-released', 'stopped', 'released', 'volume-released'],
  ['endpointslices.discovery.k8s.io', 'broken/nobody-ready-', 'degraded', 'none-ready', 'no-endpoint-ready'],
  ['services', 'shop/public', 'moving', 'pending', 'waits-for-address'],
  ['customresourcedefinitions.apiextensions.k8s.io', 'vessels.', 'failing', 'refused', 'names-refused'],
  ['apiservices.apiregistration.k8s.io', 'v1beta1.weather.', 'failing', 'unavailable', 'api-unavailable'],
]

describe.skipIf(missingSharedKubernetes() !== null)('the kinds, of real objects', () => {
  let cluster: Access & Commands
  beforeAll(async () => {
    cluster = await sharedKubernetes()
    await applySample(cluster)
  })

  /** All rows of all kinds, by the name that kubectl has for a kind. */
  async function rows(): Promise<Map<string, Described[]>> {
    const told = kinds.filter(({ category }) => category !== 'event')
    const names = told.map(({ name }) => name.replace('kubernetes/', ''))
    const { items } = JSON.parse(await cluster.kubectl('get', names.join(','), '--all-namespaces', '--output', 'json')) as {
      items: Stored<KubernetesObject>[]
    }
    const isOf = ({ group, manifestKind }: KubernetesKind, object: Stored<KubernetesObject>) =>
      object.kind === manifestKind && object.apiVersion!.split('/').slice(0, -1).join() === group
    return new Map(
      told.map((kind, at) => [names[at]!, items.filter((object) => isOf(kind, object)).map((object) => kind.describe(object))]),
    )
  }

  it('say how each is, and why', { timeout: 120_000 }, async () => {
    let missing = verdicts
    // Some states come and go, as those of what starts again and again do.
    const look = async () => {
      const told = await rows()
      missing = missing.filter(([kind, key, ...verdict]) => {
        const beginning = told.get(kind)!.filter((row) => row.key.startsWith(key))
        return !beginning.some(({ health, state, reason }) => [health, state.code, reason?.code].join() === verdict.join())
      })
      return missing
    }
    await expect.poll(look, { timeout: 90_000 }).toEqual([])
  })

  it('say what the server prints of the same objects at the same moment', async () => {
    let compared = 0
    for (const kind of kinds) {
      const read = printed[kind.name.replace('kubernetes/', '')]
      // The definitions of the gateways that the sample has are without columns.
      if (!read || kind.group === 'gateway.networking.k8s.io') continue
      const { columnDefinitions = [], rows = [] } = await tableOf(cluster, kind)
      for (const { cells, object } of rows) {
        const row = kind.describe(object)
        const theirs = comparable(Object.fromEntries(columnDefinitions.map(({ name }, at) => [name, cells[at]])))
        expect([kind.name, row.key, theirs]).toMatchObject([kind.name, row.key, { Name: row.name, ...read(row) }])
        compared++
      }
    }
    expect(compared).toBeGreaterThan(200)
  })

  it('makes rows of each, and lets no secret into them', async () => {
    const told = await rows()
    expect([...told].filter(([, of]) => of.length === 0)).toEqual([])
    for (const row of [...told.values()].flat()) {
      Summary.omit({ version: true }).parse(row)
      expect(row.reason?.code).not.toBe('object-misshapen')
    }
    expect(JSON.stringify([...told])).not.toContain('hunter2')
  })
})
