import { expect, it } from 'vitest'
import { useDatabase } from '../../../e2e/engines/database.ts'
import { call, signedIn } from '../../http/test-client.ts'
import { addDocker, see } from '../fixtures/fleet.ts'
import { holdStream, mostStreams } from '../held-streams.ts'

useDatabase()

async function* endless() {
  for (;;) yield 'line'
}

it('a download is one of the logs that a person may have open at once', async () => {
  const environment = await addDocker('here')
  await see(environment, [{ key: 'web' }])
  const { actor, cookie } = await signedIn({ role: 'viewer', environment, namespaces: null })
  const path = { environment, kind: 'containers', key: 'web' }
  const held = Array.from({ length: mostStreams.perPerson }, () => holdStream({ userId: actor.userId, environment }, endless))
  for (const stream of held) await stream.next()
  const refused = await call('resources.logs', { path, cookie })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
  expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited', reason: { params: { open: mostStreams.perPerson } } } })
  for (const stream of held) await stream.return(undefined)
  expect((await call('resources.logs', { path, cookie })).status).not.toBe(429)
})
