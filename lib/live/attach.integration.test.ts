import { describe, expect, test } from 'vitest'
import { actorOf } from '../access/index.ts'
import { createToken, revokeToken } from '../access/tokens.ts'
import { prisma } from '../database/index.ts'
import { endedSession } from '../model/live.ts'
import { connect, givenLiveServer, list, origin, refusal, signIn } from './fixtures/live-server.ts'
import { until } from '../../e2e/engines/until.ts'

givenLiveServer()

describe('who may open a socket', () => {
  test('nobody from another origin, and the refusal says which setting to change', async () => {
    const { headers } = await signIn()
    for (const foreign of ['http://evil.example', origin.replace('http:', 'https:'), 'null', '']) {
      const refused = await refusal({ ...headers, origin: foreign })
      expect(refused).toMatchObject({ status: 403, error: { code: 'forbidden' } })
      expect(refused?.error.message).toContain('PORTOLAN_URL')
    }
    expect(await refusal({ ...headers, host: 'rebound.example' })).toMatchObject({ status: 403 })
    expect(await refusal(headers)).toBeNull()
  })

  test('nobody anywhere else: a connection is never left open without an answer', async () => {
    expect(await refusal({}, '/api/other')).toMatchObject({ status: 404, error: { code: 'not_found' } })
  })

  test('nobody who is not signed in', async () => {
    const { headers, session } = await signIn()
    expect(await refusal({ origin })).toMatchObject({ status: 401, error: { code: 'unauthenticated' } })
    expect(await refusal({ ...headers, cookie: `${headers.cookie}x` })).toMatchObject({ status: 401 })
    await prisma().session.update({ where: { id: session.id }, data: { endedAt: new Date() } })
    expect(await refusal(headers)).toMatchObject({ status: 401 })
  })

  test('who shows an API token, from no origin but our own, and what it may do ends with it at once', async () => {
    const { user, session, headers } = await signIn('administrator')
    const actor = (await actorOf(session.id))!
    const { id, secret } = await createToken(
      actor,
      { name: 'ci', role: 'viewer', expiresAt: new Date(Date.now() + 3_600_000).toISOString() },
      new Date(),
    )
    const bearer = { authorization: `Bearer ${secret}` }
    expect(await refusal({ ...bearer, origin: 'http://evil.example' })).toMatchObject({ status: 403 })
    expect(await refusal({ ...headers, authorization: `${bearer.authorization}x` })).toMatchObject({ status: 401 })
    const socket = await connect(bearer)
    socket.open('1', 'rows', list())
    await until(() => socket.data('1').length > 0)
    socket.open('2', 'rows', { operation: 'tokens.list', input: {} })
    await until(() => socket.errors().includes('forbidden'))
    await revokeToken({ id, userId: user.id }, new Date())
    expect(await socket.closed).toBe(endedSession)
    expect(await refusal(bearer)).toMatchObject({ status: 401, error: { reason: { code: 'token_revoked' } } })
  })

  test('no session has more than so many sockets', async () => {
    const { headers } = await signIn()
    for (let n = 0; n < 32; n++) await connect(headers)
    expect(await refusal(headers)).toMatchObject({ status: 429, error: { code: 'rate_limited' } })
    expect(await refusal((await signIn()).headers)).toBeNull()
  })
})
