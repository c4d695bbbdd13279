import { describe, expect, it } from 'vitest'
import type { Facts } from '../../model/resource.ts'
import { restart } from './actions.ts'
import { kinds } from './kinds/index.ts'
import type { KubernetesObject, Stored } from './object.ts'

type Parts = Record<string, unknown>
const object = (parts: Parts = {}) =>
  ({ metadata: { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '7' }, ...parts }) as unknown as Stored<KubernetesObject>
const kindOf = (name: string) => kinds.find((kind) => kind.name === `kubernetes/${name}`)!

/** What is sent for an action with this input, of this object. */
function sent(kind: string, action: string, input: unknown = {}, parts: Parts = {}) {
  const schema = kindOf(kind).actions.find((one) => one.name === action)!.input
  return kindOf(kind).calls[action]!(object(parts), schema && schema.parse(input))
}
const blocked = (kind: string, action: string, facts: Facts) =>
  kindOf(kind)
    .actions.find((one) => one.name === action)!
    .blockedBy({ health: 'healthy', state: { code: 'running' }, facts })
const patch = (spec: unknown) => ({ method: 'PATCH', body: { spec } })

describe('what is sent for an action', () => {
  it.each([
    ['deployments.apps', 'pause', { paused: true }],
    ['deployments.apps', 'unpause', { paused: false }],
    ['cronjobs.batch', 'suspend', { suspend: true }],
    ['cronjobs.batch', 'resume', { suspend: false }],
    ['jobs.batch', 'suspend', { suspend: true }],
    ['nodes', 'cordon', { unschedulable: true }],
    ['nodes', 'uncordon', { unschedulable: false }],
  ])('%s: %s', (kind, action, spec) => expect(sent(kind, action)).toEqual(patch(spec)))

  it('scales through the subresource that an autoscaler uses, too', () => {
    expect(sent('statefulsets.apps', 'scale', { replicas: 3 })).toEqual({ ...patch({ replicas: 3 }), subresource: 'scale' })
    expect(() => sent('deployments.apps', 'scale', { replicas: -1 })).toThrow()
    expect(() => sent('deployments.apps', 'scale')).toThrow()
  })

  it('restarts by another instant in the template', () => {
    const { call } = restart(() => new Date('2026-05-04T10:00:00Z'))
    expect(call(object(), {})).toEqual(
      patch({ template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-05-04T10:00:00.000Z' } } } }),
    )
  })

  it('changes the image of one container and leaves the others', () => {
    const templateOf = (...containers: string[]) => ({
      spec: { template: { spec: { containers: containers.map((name) => ({ name })), initContainers: [{ name: 'migrate' }] } } },
    })
    const change = (list: string, name: string) => ({
      ...patch({ template: { spec: { [list]: [{ name, image: 'web:2' }] } } }),
      patch: 'strategic',
    })
    const setImage = (container: string, parts: Parts) => sent('deployments.apps', 'setImage', { container, image: 'web:2' }, parts)
    expect(setImage('', templateOf('web'))).toEqual(change('containers', 'web'))
    expect(setImage('proxy', templateOf('web', 'proxy'))).toEqual(change('containers', 'proxy'))
    expect(setImage('migrate', templateOf('web'))).toEqual(change('initContainers', 'migrate'))
    const unclear = {
      code: 'invalid_input',
      reason: { code: 'no-such-container', params: { container: '–', names: 'web, proxy, migrate' } },
    }
    expect(() => setImage('', templateOf('web', 'proxy'))).toThrow(expect.objectContaining(unclear))
    expect(() => setImage('web', {})).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })

  it('runs a cronjob now as kubectl does', () => {
    const jobTemplate = { metadata: { labels: { app: 'report' } }, spec: { template: { spec: { containers: [] } } } }
    expect(sent('cronjobs.batch', 'run', null, { spec: { jobTemplate } })).toMatchObject({
      method: 'POST',
      path: '/apis/batch/v1/namespaces/shop/jobs',
      body: {
        kind: 'Job',
        metadata: {
          generateName: 'web-manual-',
          labels: { app: 'report' },
          annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
          ownerReferences: [{ kind: 'CronJob', name: 'web', uid: 'u1', controller: true }],
        },
        spec: jobTemplate.spec,
      },
    })
  })

  it('evicts the very pod that was meant', () => {
    expect(sent('pods', 'evict')).toMatchObject({
      method: 'POST',
      subresource: 'eviction',
      body: { kind: 'Eviction', metadata: { name: 'web', namespace: 'shop' }, deleteOptions: { preconditions: { uid: 'u1' } } },
    })
  })

  it('sets one label or annotation, or takes it away', () => {
    const labels = (input: unknown) => sent('nodes', 'label', input)
    expect(labels({ name: 'example.com/team', value: 'blue' })).toEqual({
      method: 'PATCH',
      body: { metadata: { labels: { 'example.com/team': 'blue' } } },
    })
    expect(labels({ name: 'team', remove: true })).toEqual({ method: 'PATCH', body: { metadata: { labels: { team: null } } } })
    for (const name of ['', '-a', 'a b', '/a', 'a/', 'A.example/x y', 'a'.repeat(64)]) expect(() => labels({ name, value: 'x' })).toThrow()
    expect(() => labels({ name: 'team', value: 'not a value' })).toThrow()
    expect(sent('pods', 'annotate', { name: 'note', value: 'any words' })).toEqual({
      method: 'PATCH',
      body: { metadata: { annotations: { note: 'any words' } } },
    })
  })

  it('writes the taints of the version that was read', () => {
    const gpu = { key: 'gpu', value: 'yes', effect: 'NoSchedule' }
    const own = { key: 'own', effect: 'NoExecute' }
    const written = (...taints: unknown[]) => ({ method: 'PATCH', body: { metadata: { resourceVersion: '7' }, spec: { taints } } })
    const spec = { spec: { taints: [gpu, own] } }
    expect(sent('nodes', 'taint', { key: 'gpu', value: 'no', effect: 'NoSchedule' }, spec)).toEqual(written(own, { ...gpu, value: 'no' }))
    expect(sent('nodes', 'taint', { key: 'gpu', effect: 'NoExecute' })).toEqual(written({ key: 'gpu', effect: 'NoExecute' }))
    expect(sent('nodes', 'untaint', { key: 'gpu' }, spec)).toEqual(written(own))
    expect(() => sent('nodes', 'untaint', { key: 'gpu', effect: 'NoExecute' }, spec)).toThrow(
      expect.objectContaining({ reason: { code: 'no-such-taint', params: { key: 'gpu', names: 'gpu:NoSchedule, own:NoExecute' } } }),
    )
  })

  it('deletes with or without what it owns', () => {
    expect(sent('deployments.apps', 'remove')).toEqual({ method: 'DELETE', body: { propagationPolicy: 'Background' } })
    expect(sent('jobs.batch', 'remove', { dependents: 'orphan' })).toMatchObject({ body: { propagationPolicy: 'Orphan' } })
  })
})

it.each<[string, string, Facts, string | undefined]>([
  ['deployments.apps', 'pause', { paused: true }, 'already-paused'],
  ['deployments.apps', 'pause', { paused: false }, undefined],
  ['deployments.apps', 'unpause', { paused: false }, 'not-paused'],
  ['deployments.apps', 'restart', { paused: true }, 'rollout-paused'],
  ['cronjobs.batch', 'suspend', { suspended: true }, 'already-suspended'],
  ['jobs.batch', 'resume', { suspended: false }, 'not-suspended'],
  ['jobs.batch', 'suspend', { suspended: false, completedAt: '2026-05-04T10:00:00.000Z' }, 'has-ended'],
  ['nodes', 'cordon', { unschedulable: true }, 'already-cordoned'],
  ['nodes', 'uncordon', { unschedulable: false }, 'not-cordoned'],
  ['pods', 'evict', { phase: 'Succeeded' }, 'not-running'],
  ['pods', 'evict', { phase: 'Running' }, undefined],
])('%s: %s of %j is blocked by %s', (kind, action, facts, code) => expect(blocked(kind, action, facts)).toBe(code))

it('leaves what is being deleted alone', () => {
  const row = { health: 'moving', state: { code: 'terminating' }, facts: {} } as const
  for (const kind of kinds) for (const action of kind.actions) expect(action.blockedBy(row)).toBe('being-removed')
})
