import { expect, it, vi } from 'vitest'
import { History, toEngineEvent } from './history.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

const event = (more: Record<string, unknown> = {}) => ({
  metadata: { name: 'web.1', namespace: 'shop', uid: 'e1', resourceVersion: '7', creationTimestamp: '2026-11-21T10:00:00Z' },
  involvedObject: { apiVersion: 'v1', kind: 'Pod', name: 'web', namespace: 'shop', uid: 'p1' },
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off restarting failed container',
  count: 4,
  source: { component: 'kubelet', host: 'node-0' },
  firstTimestamp: '2026-11-21T10:00:00Z',
  lastTimestamp: '2026-11-21T10:05:00Z',
  eventTime: null,
  ...more,
})
const later = (seconds: number) => event({ lastTimestamp: new Date(Date.parse('2026-11-21T10:05:00Z') + seconds * 1_000).toISOString() })

it('an event is told of whom it speaks, when it happened last', () => {
  expect(toEngineEvent(event())).toEqual({
    at: '2026-11-21T10:05:00.000Z',
    kind: 'kubernetes/pods',
    key: 'shop/web',
    name: 'web',
    namespace: 'shop',
    action: 'BackOff',
    severity: 'warning',
    attributes: { message: 'Back-off restarting failed container', count: '4', source: 'kubelet' },
  })
})

it('one of the newer sort has its time and count elsewhere, and of a node there is no namespace', () => {
  const newer = event({
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: '2026-11-21T10:01:00.123456Z',
    series: { count: 9, lastObservedTime: '2026-11-21T10:09:00.123456Z' },
    involvedObject: { kind: 'Node', name: 'node-0' },
    type: 'Normal',
    reportingComponent: 'scheduler',
  })
  expect(toEngineEvent(newer)).toMatchObject({
    at: '2026-11-21T10:09:00.123Z',
    kind: 'kubernetes/nodes',
    key: 'node-0',
    namespace: null,
    severity: 'info',
    attributes: { count: '9', source: 'scheduler' },
  })
})

it('what happens again and again is told once a minute', () => {
  const history = new History()
  const told = [0, 1, 30, 59, 60, 61, 125].map((seconds) => history.take([later(seconds)]).length)
  expect(told).toEqual([1, 0, 0, 0, 1, 0, 1])
})

it('hides secrets in messages, and takes nothing odd for an event', () => {
  expect(JSON.stringify(toEngineEvent(event({ message: 'pull https://me:hunter2@registry failed' })))).not.toContain('hunter2')
  for (const odd of [null, {}, event({ involvedObject: null }), event({ involvedObject: { kind: 5, name: {} } })])
    expect(toEngineEvent(odd)).toBeNull()
  expect(toEngineEvent(event({ message: 7, reason: null, count: 'many', source: 'x' }))).toMatchObject({
    action: 'event',
    attributes: { message: '' },
  })
})
