import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'
import { endpoints } from '../lib/operations/index.ts'
import { until } from '../e2e/engines/until.ts'
import type { WireError } from '../lib/errors/index.ts'
import { docker, givenProgram, onDocker, program, startContainer } from './fixtures/program.ts'

const label = 'portolan.postgres-away-test'
const withinMs = 120_000
/** What is shown is true again so soon. */
const backWithinMs = 10_000
/** An answer may wait for a connection and then for what is asked on it: twice PORTOLAN_DATABASE_TIMEOUT_MS, and much room. */
const answerWithinMs = 30_000
/** These say nothing of the database. */
const unconcerned = new Set(['system.health', 'system.openapi', 'system.metrics'])

givenProgram(label)

/** What each way of asking for an operation answers. */
async function askAll(headers: Record<string, string>) {
  const claims = { token: 'a-token', login: 'grace', name: 'Grace', password: 'a harbour at midnight' }
  return Promise.all(
    endpoints
      .filter(({ operation }) => !unconcerned.has(operation.name))
      .map(async ({ method, path, operation: { name } }) => {
        const place = path.replace('{environment}', program.environment).replaceAll(/\{\w+\}/g, 'any')
        const body = name.startsWith('setup.') ? claims : {}
        const answer = await fetch(`${program.origin}${place}`, {
          method,
          headers: { ...headers, 'content-type': 'application/json' },
          body: method === 'GET' ? undefined : JSON.stringify(body),
          signal: AbortSignal.timeout(answerWithinMs),
        })
        const { error } = (await answer.json()) as { error?: WireError }
        return { name, status: answer.status, retryAfter: answer.headers.get('retry-after'), error }
      }),
  )
}

/** The status of an upgrade of the socket that is refused, with the headers of the answer. */
const upgrade = (headers: Record<string, string>) =>
  new Promise<{ status: number; retryAfter: string | undefined }>((resolve) => {
    const socket = new NodeSocket(`${program.origin.replace('http', 'ws')}/api/live`, { headers })
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_, answer) => resolve({ status: answer.statusCode!, retryAfter: answer.headers['retry-after'] }))
  })

/** Every way of asking says what it is and since when, and when to ask again. */
async function saysSo(headers: Record<string, string>, reason: RegExp): Promise<void> {
  const [answers, socket] = await Promise.all([askAll(headers), upgrade(headers)])
  for (const { name, ...answer } of answers) {
    expect(answer, name).toMatchObject({
      status: 503,
      retryAfter: '2',
      error: { code: 'unavailable', reason: { code: expect.stringMatching(reason) } },
    })
    expect(answer.error?.reason?.params?.since, name).toBeLessThanOrEqual(Date.now())
  }
  expect(socket).toEqual({ status: 503, retryAfter: '2' })
  expect((await program.get('/api/health')).status).toBe(200)
}

/** Nobody is told that the password is wrong, and nobody is signed out by halves. */
async function keepsPeople(headers: Record<string, string>): Promise<void> {
  const [{ answer }, left] = await Promise.all([program.signIn(), program.signOut(headers)])
  for (const one of [answer, left]) expect([one.status, one.headers.get('retry-after'), one.headers.getSetCookie()]).toEqual([503, '2', []])
}

async function showsPages(headers: Record<string, string>): Promise<void> {
  const read = async (path: string) => (await program.get(path, headers)).text()
  const [home, list, signIn] = await Promise.all(['/', `/environments/${program.environment}/containers`, '/sign-in'].map(read))
  for (const page of [home, list]) expect(page).toContain('Portolan’s database does not answer')
  expect(signIn).toContain('name="password"')
}

/** What is not written down is not done. */
async function refuses(headers: Record<string, string>, container: string): Promise<void> {
  expect((await program.act(headers, container, 'stop', { graceSeconds: 0 })).status).toBe(503)
  expect(await onDocker('inspect', '--format', '{{.State.Status}}', container)).toBe('running')
}

interface Fault {
  reason: RegExp
  /** How it begins; the answer ends it. */
  begin(): Promise<() => Promise<void>>
}

const faults: Record<string, Fault> = {
  'has stopped': {
    reason: /^database-unavailable$/,
    async begin() {
      await program.postgres.stop()
      return () => program.postgres.start()
    },
  },
  'was killed': {
    reason: /^database-unavailable$/,
    async begin() {
      await program.postgres.kill()
      return () => program.postgres.start()
    },
  },
  hangs: {
    reason: /^database-unavailable$/,
    async begin() {
      program.postgres.hang()
      return async () => program.postgres.resume()
    },
  },
  'has no connection left': {
    // Who waits for a connection behind those that are refused one hears only that none came.
    reason: /^database-(crowded|unavailable)$/,
    begin: () => program.postgres.crowd(),
  },
}

/** A fault ends once, however its test does. */
function once(end: () => Promise<void>): () => Promise<void> {
  let ended: Promise<void> | undefined
  return () => (ended ??= end())
}

describe.skipIf('missing' in docker).each(Object.entries(faults))('while PostgreSQL %s', (what, { reason, begin }) => {
  const name = (end: string) => `postgres-${what.replaceAll(' ', '-')}-${end}`

  it('everything says so in time, nothing is done, and all is true again within 10 s after', { timeout: withinMs }, async () => {
    const { headers } = await program.signIn()
    await Promise.all(['kept', 'removed'].map((end) => startContainer(name(end), label)))
    const page = program.follow(headers)
    const names = () => page.list.list?.rows.map(({ key }) => key) ?? []
    await until(() => names().includes(name('removed')))
    const [before] = await program.postgres.ask<{ n: number }>('SELECT count(*)::int AS n FROM activities', [], 'console')

    const end = once(await begin())
    onTestFinished(end)
    await until(async () => !(await program.isReady()))

    await Promise.all([saysSo(headers, reason), keepsPeople(headers), showsPages(headers), refuses(headers, name('kept'))])
    await onDocker('rm', '-f', name('removed'))
    await startContainer(name('made'), label)
    await until(() => page.list.errors.some((error) => reason.test(error.reason?.code ?? '')))

    await end()
    const backAt = performance.now()
    const took: Record<string, number> = {}
    const isBack = (look: () => boolean | Promise<boolean>) => vi.waitUntil(look, { timeout: backWithinMs, interval: 25 })
    const measure = async (part: string, end: Promise<unknown>) => {
      await end
      took[part] = Math.round(performance.now() - backAt)
    }
    await Promise.all([
      measure(
        'ready',
        isBack(() => program.isReady()),
      ),
      measure(
        'reads',
        isBack(async () => (await program.get('/api/resources?kind=docker/containers', headers)).ok),
      ),
      measure('all rows', program.allRowsAreRight(backWithinMs)),
      measure(
        'open page',
        isBack(() => names().includes(name('made')) && !names().includes(name('removed'))),
      ),
    ])
    console.log(`after PostgreSQL ${what}: ${JSON.stringify(took)} ms`)

    expect(page.browser.ended.session).toBe(false)
    expect(page.list.states).not.toContain('ended')
    page.list.close()
    expect((await program.get('/api/me', headers)).status).toBe(200)
    const after = await program.postgres.ask<{ n: number }>('SELECT count(*)::int AS n FROM activities', [], 'console')
    expect(after).toEqual([before])
    expect(program.accidents).toEqual([])
  })
})
