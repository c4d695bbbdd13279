import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Actor } from '../../access/index.ts'
import type { Connection } from '../../engines/engine.ts'
import { mostStreams } from '../../operations/held-streams.ts'
import { Sink } from '../sink.ts'
import { logsChannel } from './logs.ts'

/** An engine whose logs say nothing until they are left. */
async function* silent(signal: AbortSignal) {
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  yield* []
}
const connection = { logs: (_kind: string, _key: string, _options: object, signal: AbortSignal) => silent(signal) } as unknown as Connection

test('a person follows so many logs and no more, over all tabs, and again when one was closed', async () => {
  const channel = logsChannel(async () => connection)
  const actor = { userId: randomUUID(), bindings: [] } as unknown as Actor
  const params = { environment: '1', kind: 'docker/containers', key: 'web' }
  const open = () => {
    const sink = new Sink('1', { drains: () => true, write: () => undefined }, () => undefined)
    return { sink, ended: channel.open(actor, params, sink, sink.signal) }
  }
  const held = Array.from({ length: mostStreams.perPerson }, open)
  await expect(open().ended).rejects.toMatchObject({ code: 'rate_limited', reason: { code: 'too_many_streams' } })
  held[0]!.sink.close()
  await held[0]!.ended
  const again = open()
  for (const { sink, ended } of [...held, again]) {
    sink.close()
    await ended
  }
})
