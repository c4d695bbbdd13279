import { beforeAll, describe, expect, it } from 'vitest'
import { statusOf } from '../errors/index.ts'
import { tryAll, type Ask } from '../http/fixtures/matrix.ts'
import { callOf, channelNeeds, needs, operationOf } from '../http/fixtures/needs.ts'
import { makeWorld, type Caller, type Target, type World } from '../http/fixtures/world.ts'
import { channels, type ServerFrame } from '../model/live.ts'
import { parametersIn } from '../operations/endpoint.ts'
import { endpointOf } from '../operations/index.ts'
import { plainQuery } from '../operations/query-string.ts'
import { cleanUps, connect, givenLiveServer, origin, refusal } from './fixtures/live-server.ts'
import { until } from '../../e2e/engines/until.ts'

givenLiveServer()

let world: World
beforeAll(async () => void (world = await makeWorld()))

type Said = Extract<ServerFrame, { op: 'data' | 'error' }>

/** What a channel says first, on one caller's socket; who has none hears the refusal of it. */
async function asking({ bindings, headers }: Caller, channel: string, paramsOf: (target: Target) => unknown): Promise<Ask> {
  const shown = { ...headers, ...(headers.authorization === undefined && { origin }) }
  if (!bindings) return async () => ({ status: (await refusal(shown))?.status ?? 200, text: '' })
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
  const socket = await connect(shown)
  let opened = 0
  return async (target) => {
    const id = String(++opened)
    const isOf = (frame: ServerFrame): frame is Said => (frame.op === 'data' || frame.op === 'error') && frame.id === id
    socket.open(id, channel, paramsOf(target))
    const first = await until(() => socket.frames.find(isOf))
    socket.close(id)
    return first.op === 'error'
      ? { status: statusOf(first.error.code), text: JSON.stringify(first.error) }
      : { status: 200, text: JSON.stringify(first.data) }
  }
}

/** What an operation that is followed gets as input: the same as its route, out of one object. */
const inputOf = (name: string, target: Target) => {
  const endpoint = endpointOf(operationOf(name))!
  const { query, path = {} } = callOf(name, target)
  const params = new URLSearchParams(query)
  const named = parametersIn(endpoint.path).map((parameter) => [parameter, path[parameter]])
  return { ...(endpoint.query?.decode(params) ?? plainQuery(params)), ...Object.fromEntries(named) }
}

const followed = Object.entries(needs).filter(([name]) => endpointOf(operationOf(name))?.operation.wakes)
const rows = followed.map(([name, need]) => ({
  name: `rows ${name}`,
  need,
  channel: 'rows',
  paramsOf: (target: Target): unknown => ({ operation: operationOf(name), input: inputOf(name, target) }),
}))
const streams = Object.entries(channelNeeds).map(([channel, need]) => ({
  name: channel,
  need,
  channel,
  paramsOf: ({ terminal: id, environment, key }: Target): unknown => ({ id, environment, kind: 'docker/containers', key }),
}))

it('says of every channel who may open it', () => {
  expect(['rows', ...Object.keys(channelNeeds)].toSorted()).toEqual([...channels].toSorted())
})

describe.each([...rows, ...streams])('$name', ({ need, channel, paramsOf }) => {
  it('is for who may, and tells nobody of what they may not know', { timeout: 60_000 }, async () => {
    const { outcomes, wanted } = await tryAll(need, world, (caller) => asking(caller, channel, paramsOf))
    expect(outcomes).toEqual(wanted)
  })
})
