import { expect, it, onTestFinished } from 'vitest'
import { until } from '../e2e/engines/until.ts'
import type { WireError } from '../lib/errors/index.ts'
import { docker, givenProgram, onDocker, program, startContainer } from './fixtures/program.ts'

const label = 'portolan.postgres-read-only-test'
const withinMs = 120_000
const backWithinMs = 10_000

givenProgram(label)

it.skipIf('missing' in docker)(
  'a PostgreSQL that takes no changes shows what is known, refuses the rest in words, and all is true again within 10 s after',
  { timeout: withinMs },
  async () => {
    const { headers } = await program.signIn()
    await Promise.all(['read-only-kept', 'read-only-removed'].map((name) => startContainer(name, label)))
    await program.allRowsAreRight(backWithinMs)
    // Its last look is so long ago that it would be written down anew.
    await program.postgres.ask(`UPDATE sessions SET last_seen_at = now() - interval '10 minutes'`, [], 'console')
    const change = (theme: string) =>
      fetch(`${program.origin}/api/me`, {
        method: 'PATCH',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ theme }),
      })
    expect((await change('dark')).status).toBe(200)

    await program.postgres.set('default_transaction_read_only', 'on')
    onTestFinished(() => program.postgres.set('default_transaction_read_only', null))
    await until(async () => (await change('light')).status === 503)

    for (const path of ['/api/me', '/api/resources?kind=docker/containers', '/api/home', '/api/activities', '/'])
      expect((await program.get(path, headers)).status, path).toBe(200)
    const ready = await program.get('/api/ready')
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, checks: { database: { ok: false } } }])

    const refused = [await change('light'), await program.act(headers, 'read-only-kept', 'stop', { graceSeconds: 0 })]
    refused.push((await program.signIn()).answer, await program.signOut(headers))
    for (const answer of refused) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
      const { error } = (await answer.json()) as { error: WireError }
      expect(error.reason).toMatchObject({ code: 'database-read-only', params: { since: expect.any(Number) } })
    }
    expect(await onDocker('inspect', '--format', '{{.State.Status}}', 'read-only-kept')).toBe('running')
    await onDocker('rm', '-f', 'read-only-removed')
    await startContainer('read-only-made', label)

    await program.postgres.set('default_transaction_read_only', null)
    await program.allRowsAreRight(backWithinMs)
    expect((await change('light')).status).toBe(200)
    expect((await (await program.get('/api/me', headers)).json()) as object).toMatchObject({ theme: 'light' })
    const [{ n }] = (await program.postgres.ask<{ n: number }>('SELECT count(*)::int AS n FROM activities', [], 'console')) as [
      { n: number },
    ]
    expect(n).toBe(0)
    expect(program.accidents).toEqual([])
  },
)
