import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FakeClock } from '../../model/fake-clock.ts'
import type { Followed } from '../engine.ts'
import { configmap, fakeApi, lines, listOf, refuse, status, type Answers } from './fake-api.ts'
import { followKubernetes } from './follow.ts'
import { configmaps } from './kinds/configmaps.ts'
import type { KubernetesKind } from './kind.ts'

vi.stubEnv('PORTOLAN_SECRET_KEYS', '5a'.repeat(32))

const path = '/api/v1/configmaps'
type Asked = { query: URLSearchParams; response: ServerResponse }

/** A server, who follows it, and what was said so far. Time goes by when the test says so. */
async function follow(
  answers: Answers,
  options: { cursors?: Record<string, string>; namespaces?: string[]; kinds?: KubernetesKind[] } = {},
) {
  const { api, asked, close } = await fakeApi(answers)
  const clock = new FakeClock(1_000_000)
  const ending = new AbortController()
  const said: Followed[] = []
  const rows = new Map<string, string>()
  const take = (followed: Followed) => {
    said.push(followed)
    if (followed.type === 'batch') {
      const { upserts, deletes, complete, earlier = [] } = followed.batch
      if (complete) for (const key of rows.keys()) if (!earlier.includes(key)) rows.delete(key)
      for (const key of deletes) rows.delete(key)
      for (const { summary } of upserts) rows.set(summary.key, String(summary.facts['keys']))
    }
  }
  const kinds = options.kinds ?? [configmaps]
  const { cursors = {}, namespaces = null } = options
  const ended = (async () => {
    try {
      const followed = followKubernetes(api, {
        kinds,
        cursors,
        namespaces,
        signal: ending.signal,
        aliveIntervalMs: 5_000,
        discoverIntervalMs: 300_000,
        clock,
        random: () => 0,
      })
      for await (const one of followed) take(one)
      return null
    } catch (failure) {
      return failure as { code?: string; reason?: { code: string } }
    }
  })()
  stop = async () => {
    ending.abort()
    close()
    await ended
  }
  return {
    said,
    rows,
    ended,
    clock,
    asked,
    close,
    /** Waits until it is so, while no time goes by; the test's own time-out ends it. */
    async until(isSo: () => boolean) {
      while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
    },
    unfollowed: () => said.flatMap((one) => (one.type === 'unfollowed' ? (one.reason?.code ?? null) : [])),
    cursor: () => said.flatMap((one) => (one.type === 'batch' ? (one.batch.cursor ?? []) : [])).at(-1),
  }
}
let stop = async () => undefined as void
afterEach(() => stop())

const count = (asked: readonly string[], what: RegExp) => asked.filter((one) => what.test(one)).length
const listing = /configmaps\?limit/

type Write = (type: string, object: unknown) => void

/** A server of configmaps: what it lists, and each watch that it is asked for. */
function serving(lists: (query: URLSearchParams, nth: number) => unknown) {
  const watches: { from: string | null; write: Write; response: ServerResponse }[] = []
  let nth = 0
  const answer = ({ query, response }: Asked) => {
    if (query.has('watch')) watches.push({ from: query.get('resourceVersion'), write: lines(response), response })
    else {
      const listed = lists(query, ++nth)
      if (typeof listed === 'function') (listed as (response: ServerResponse) => void)(response)
      else response.end(JSON.stringify(listed))
    }
  }
  return { watches, answers: { [path]: answer } }
}

const inNamespace = (namespace: string) => {
  const { metadata, ...others } = configmap('a', '3')
  return { ...others, metadata: { ...metadata, namespace } }
}

describe('following a kind', () => {
  it('lists in pages, then tells what changes, with where to go on', async () => {
    const { watches, answers } = serving((query) =>
      query.get('continue') === 'two'
        ? listOf([configmap('b', '4'), configmap('c', '5')], '7')
        : listOf([configmap('a', '3', { data: { x: '1' } })], '7', { continue: 'two' }),
    )
    const { until, rows, cursor, said } = await follow(answers)
    await until(() => watches.length === 1)
    expect(cursor()).toBe('v1 7')
    expect(watches[0]!.from).toBe('7')
    watches[0]!.write('ADDED', configmap('d', '8'))
    watches[0]!.write('MODIFIED', configmap('a', '9', { data: { x: '1', y: '2' } }))
    watches[0]!.write('DELETED', configmap('b', '10'))
    await until(() => cursor() === 'v1 10')
    expect(Object.fromEntries(rows)).toEqual({ 'shop/a': '2', 'shop/c': '0', 'shop/d': '0' })
    expect(said.filter((one) => one.type === 'batch' && one.batch.upserts.length > 1)).toHaveLength(2)
  })

  it('goes on from a cursor without a list, which comes once and later', async () => {
    const { watches, answers } = serving(() => listOf([], '9'))
    const { until, asked, cursor, rows, clock } = await follow(answers, { cursors: { 'kubernetes/configmaps': 'v1 5' } })
    await until(() => watches.length === 1)
    expect(watches[0]!.from).toBe('5')
    watches[0]!.write('ADDED', configmap('a', '6'))
    await until(() => cursor() === 'v1 6')
    expect(count(asked, listing)).toBe(0)
    await clock.advance(302_000)
    await until(() => count(asked, listing) === 1 && rows.size === 0)
  })

  it('lists anew when its version has expired, as a status and as an event, at once', async () => {
    const { watches, answers } = serving((_, nth) =>
      listOf(nth === 1 ? [configmap('old', '6')] : [configmap('new', '8')], nth === 1 ? '7' : '9'),
    )
    let refused = false
    const gone = (asked: Asked) => {
      if (!asked.query.has('watch') || refused) return answers[path](asked)
      refused = true
      refuse(asked.response, 410, 'too old resource version: 5 (6)')
    }
    const { until, rows } = await follow({ [path]: gone }, { cursors: { 'kubernetes/configmaps': 'v1 5' } })
    await until(() => watches.length === 1)
    expect([...rows.keys()]).toEqual(['shop/old'])
    watches[0]!.write('ERROR', status(410, 'too old resource version: 7 (8)', { reason: 'Expired' }))
    await until(() => watches.length === 2)
    expect([...rows.keys()]).toEqual(['shop/new'])
    expect(watches[1]!.from).toBe('9')
  })

  it('begins a list again whose continue token has expired on its third page', async () => {
    const { watches, answers } = serving((query, nth) => {
      if (nth === 3) return (response: ServerResponse) => refuse(response, 410, 'The provided continue parameter is too old')
      const page = query.get('continue') ?? '1'
      return listOf([configmap(`${nth > 3 ? 'new' : 'old'}-${page}`, '1')], '7', page === '3' ? {} : { continue: String(Number(page) + 1) })
    })
    const { until, rows, clock, asked } = await follow(answers)
    await until(() => count(asked, listing) === 3)
    await clock.advance(1_000)
    await until(() => watches.length === 1)
    expect([...rows.keys()]).toEqual(['shop/new-1', 'shop/new-2', 'shop/new-3'])
  })

  it.each([
    ['a line that is not JSON', (response: ServerResponse) => void response.write('{"type": "ADDED", \n'), 'watch-line-broken'],
    [
      'another kind in a line',
      (response: ServerResponse) =>
        void response.write(`${JSON.stringify({ type: 'ADDED', object: { ...configmap('a', '8'), kind: 'Pod' } })}\n`),
      'not-kubernetes-json',
    ],
    [
      'an error',
      (response: ServerResponse) => void response.write(`${JSON.stringify({ type: 'ERROR', object: status(500, 'etcd is unwell') })}\n`),
      'api-failed',
    ],
    ['a line without an end', (response: ServerResponse) => void response.write('x'.repeat(20 * 2 ** 20)), 'engine-answer-too-large'],
  ])('%s in a watch is said, and after a pause all is listed anew', async (_, harm, code) => {
    const { watches, answers } = serving((__, nth) => listOf([configmap(`list-${nth}`, '6')], '7'))
    const { until, rows, clock, asked, unfollowed } = await follow(answers)
    await until(() => watches.length === 1)
    harm(watches[0]!.response)
    await until(() => unfollowed().length === 1)
    await clock.advance(700)
    expect(count(asked, listing), 'the pause is 0.8 s').toBe(1)
    await clock.advance(100)
    await until(() => watches.length === 2)
    await until(() => unfollowed().length === 2)
    expect(unfollowed()).toEqual([code, null])
    expect([...rows.keys()]).toEqual(['shop/list-2'])
  })

  it('pauses twice as long each time', async () => {
    const { watches, answers } = serving((_, nth) =>
      nth <= 3 ? (response: ServerResponse) => refuse(response, 500, 'unwell') : listOf([], '7'),
    )
    const { until, clock, asked } = await follow(answers)
    for (const [failures, pauseMs] of [
      [1, 800],
      [2, 1_600],
      [3, 3_200],
    ] as const) {
      await until(() => count(asked, listing) === failures && clock.waiting >= 3)
      await clock.advance(pauseMs - 1)
      expect(count(asked, listing)).toBe(failures)
      await clock.advance(1)
    }
    await until(() => watches.length === 1)
  })

  it('waits as long as the server asks for', async () => {
    const { watches, answers } = serving((_, nth) =>
      nth === 1 ? (response: ServerResponse) => refuse(response, 429, 'too many requests', { 'retry-after': '20' }) : listOf([], '7'),
    )
    const { until, clock, asked, unfollowed } = await follow(answers)
    await until(() => unfollowed().length === 1)
    await clock.advance(19_000)
    expect(count(asked, listing)).toBe(1)
    await clock.advance(2_000)
    await until(() => watches.length === 1)
    expect(unfollowed()).toEqual(['api-busy', null])
  })

  it('finds out a watch whose other end is gone within 45 s, and misses nothing', async () => {
    const { watches, answers } = serving(() => listOf([], '7'))
    const { until, clock, rows, cursor, asked } = await follow(answers)
    await until(() => watches.length === 1)
    watches[0]!.write('ADDED', configmap('a', '8'))
    await until(() => cursor() === 'v1 8')
    // From here on the first watch is silent for ever, though it would have to end by itself.
    await clock.advance(35_000)
    await until(() => count(asked, /version/) > 1)
    await clock.advance(1_000)
    await until(() => watches.length === 2)
    expect(watches[1]!.from).toBe('8')
    watches[1]!.write('ADDED', configmap('b', '9'))
    await until(() => rows.size === 2)
    expect(count(asked, listing)).toBe(1)
  })

  it('takes up a watch that the server ended where it was, by the last bookmark', async () => {
    const { watches, answers } = serving(() => listOf([], '7'))
    const { until, clock, asked } = await follow(answers)
    await until(() => watches.length === 1)
    watches[0]!.write('BOOKMARK', { kind: 'ConfigMap', metadata: { resourceVersion: '99' } })
    await clock.advance(24_000)
    watches[0]!.response.end()
    await until(() => watches.length === 2)
    expect(watches[1]!.from).toBe('99')
    expect(count(asked, listing)).toBe(1)
  })

  it('a kind that may not be listed is said so, costs no other, and is tried again', async () => {
    let allowed = false
    const message = 'configmaps is forbidden: User "ann" cannot list resource "configmaps" in API group "" at the cluster scope'
    const { watches, answers } = serving(() =>
      allowed ? listOf([], '7') : (response: ServerResponse) => refuse(response, 403, message, {}, { reason: 'Forbidden' }),
    )
    const { until, clock, unfollowed, said } = await follow(answers)
    await until(() => unfollowed().length === 1)
    expect(said.find((one) => one.type === 'unfollowed')).toMatchObject({
      reason: { code: 'api-forbidden', params: { user: 'ann' }, words: message },
    })
    await clock.advance(5_000)
    await until(() => said.some((one) => one.type === 'alive' && !one.behind))
    allowed = true
    await clock.advance(60_000)
    await until(() => watches.length === 1 && unfollowed().length === 2)
    expect(unfollowed()).toEqual(['api-forbidden', null])
  })

  it('a kind that is served from some moment on is followed from then on, and one that is no more is none', async () => {
    const gateways = { ...configmaps, name: 'kubernetes/gateways', resource: 'gateways', manifestKind: 'Gateway' }
    const served = (names: string[]) => ({
      kind: 'APIGroupDiscoveryList',
      items: [
        {
          metadata: {},
          versions: [
            {
              version: 'v1',
              resources: names.map((name) => ({ resource: name, responseKind: { kind: 'X' }, scope: 'Namespaced', verbs: ['list'] })),
            },
          ],
        },
      ],
    })
    let names: string[] = []
    const { until, clock, said, asked } = await follow(
      {
        '/api': ({ response }: Asked) => response.end(JSON.stringify(served(names))),
        '/api/v1/gateways': ({ query, response }: Asked) =>
          query.has('watch') ? lines(response) : response.end(JSON.stringify(listOf([configmap('a', '1')], '7', {}, 'GatewayList'))),
      },
      { kinds: [gateways] },
    )
    const told = () => said.flatMap((one) => (one.type === 'batch' && one.batch.complete ? (one.batch.earlier?.length ?? 0) : []))
    await until(() => told().length === 1)
    names = ['gateways']
    await clock.advance(302_000)
    await until(() => told().length === 2)
    await until(() => count(asked, /watch/) === 1)
    names = []
    await clock.advance(302_000)
    await until(() => told().length === 3)
    expect(told()).toEqual([0, 1, 0])
  })

  it('a kind that the server does not serve is told as none', async () => {
    const { until, said } = await follow({}, { kinds: [{ ...configmaps, resource: 'gateways', name: 'kubernetes/gateways' }] })
    await until(() => said.some((one) => one.type === 'batch'))
    expect(said.find((one) => one.type === 'batch')).toEqual({
      type: 'batch',
      batch: { kind: 'kubernetes/gateways', upserts: [], deletes: [], complete: true, cursor: null },
    })
  })

  it('follows by namespace what may not be listed all at once', async () => {
    const within =
      (namespace: string) =>
      ({ query, response }: Asked) =>
        query.has('watch') ? lines(response) : response.end(JSON.stringify(listOf([inNamespace(namespace)], '7')))
    const forbidden = ({ response }: Asked) => refuse(response, 403, 'User "ann" cannot list')
    const names = ['one', 'two', 'three'].map((name) => ({ metadata: { name } }))
    const { until, rows, asked, unfollowed } = await follow({
      [path]: forbidden,
      '/api/v1/namespaces': listOf(names, '1', {}, 'NamespaceList'),
      '/api/v1/namespaces/one/configmaps': within('one'),
      '/api/v1/namespaces/two/configmaps': forbidden,
      '/api/v1/namespaces/three/configmaps': within('three'),
    })
    await until(() => count(asked, /watch/) === 2)
    expect([...rows.keys()]).toEqual(['one/a', 'three/a'])
    expect(unfollowed()).toEqual([])
  })

  it('follows namespace by namespace those that may be listed', async () => {
    const within =
      (namespace: string) =>
      ({ query, response }: Asked) =>
        query.has('watch') ? lines(response) : response.end(JSON.stringify(listOf([inNamespace(namespace)], '7')))
    const forbidden = ({ response }: Asked) => refuse(response, 403, 'User "ann" cannot list')
    const { until, rows, asked, said } = await follow(
      {
        '/api/v1/namespaces/one/configmaps': within('one'),
        '/api/v1/namespaces/two/configmaps': forbidden,
        '/api/v1/namespaces/three/configmaps': within('three'),
      },
      { namespaces: ['one', 'two', 'three'] },
    )
    await until(() => count(asked, /watch/) === 2)
    expect([...rows.keys()]).toEqual(['one/a', 'three/a'])
    expect(said.filter((one) => one.type === 'batch' && one.batch.complete)).toHaveLength(1)
  })
})

it('ends when the server is gone, in words', async () => {
  const { watches, answers } = serving(() => listOf([], '7'))
  const { until, ended, close } = await follow(answers)
  await until(() => watches.length === 1)
  close()
  expect(await ended).toMatchObject({ code: 'engine_unreachable', reason: { code: 'connection-refused' } })
})

it('ends when the credentials are refused', async () => {
  let valid = true
  const { watches, answers } = serving(() => listOf([], '7'))
  const guarded = (answer: (asked: Asked) => void) => (asked: Asked) =>
    valid ? answer(asked) : refuse(asked.response, 401, 'Unauthorized')
  const version = ({ response }: Asked) => response.end(JSON.stringify({ major: '1', minor: '36', gitVersion: 'v1.36.3' }))
  const { until, ended, clock } = await follow({ [path]: guarded(answers[path]), '/version': guarded(version) })
  await until(() => watches.length === 1)
  valid = false
  await clock.advance(24_000)
  watches[0]!.response.end()
  expect(await ended).toMatchObject({ code: 'engine_denied', reason: { code: 'credentials-refused' } })
})
