import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedDocker, useDatabase as givenDatabase } from '../e2e/engines/database.ts'
import { gapsIn } from '../e2e/load/page.ts'
import { Program } from '../e2e/load/program.ts'
import { roundRobin, toWeb, type RoundRobin } from '../e2e/engines/round-robin.ts'
import { hashPassword } from '../lib/access/passwords.ts'
import { sealSecrets } from '../lib/access/secrets.ts'
import { prisma } from '../lib/database/index.ts'
import { browserAt, FollowedList, FollowedLog } from '../lib/live/fixtures/browser.ts'
import type { Row } from '../lib/model/resource.ts'
import { parseSecretKeys } from '../lib/settings.ts'
import { freePort } from '../e2e/engines/port.ts'
import { until } from '../e2e/engines/until.ts'
import { dockerAt } from '../e2e/engines/docker/command.ts'

givenDatabase()

const root = join(import.meta.dirname, '..')
const run = promisify(execFile)
const docker = sharedDocker()
const socket = 'socket' in docker ? docker.socket : '/nowhere'
const onDocker = dockerAt(socket)
const withinMs = 120_000
const password = 'a lighthouse at noon'
const dataDir = mkdtempSync(join(tmpdir(), 'portolan-several-'))
const keyFile = join(dataDir, 'keys')
const programs: Program[] = []
let ports: number[]
let webs: Program[]
let proxy: RoundRobin
let origin: string
let environment: string
let sealed: string
const environmentFor = (): Record<string, string> => ({
  PORTOLAN_DATA: dataDir,
  PORTOLAN_SECRET_KEYS: '',
  PORTOLAN_URL: origin,
  PORTOLAN_LEASE_RENEW_MS: '500',
  PORTOLAN_LEASE_VOID_MS: '2000',
})
function start(file: 'sync.ts' | 'server.ts', port = 3000): Program {
  const program = new Program(file, { ...environmentFor(), PORT: String(port) })
  program.start()
  programs.push(program)
  return program
}

beforeAll(async () => {
  writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  ports = [await freePort(), await freePort()]
  proxy = await roundRobin(ports)
  origin = `http://localhost:${proxy.port}`
  const bindings = { create: { role: 'administrator', namespaces: [] } }
  await prisma().user.create({ data: { login: 'ada', name: 'Ada', passwordHash: await hashPassword(password), bindings } })
  const flag = { flagHue: 'teal', flagPattern: 'cross', flagCode: 'DEV' }
  const make = (name: string, more: object) =>
    prisma().environment.create({
      data: {
        name,
        engine: 'docker',
        stage: 'dev',
        ...flag,
        protected: false,
        settings: { transport: 'socket', path: socket },
        engineId: name,
        ...more,
      },
    })
  environment = String((await make('harbour', {})).id)
  const secrets = sealSecrets({ key: 'hunter2' }, parseSecretKeys(readFileSync(keyFile, 'utf8')))
  const settings = { transport: 'tcp', host: 'nowhere.example', port: 2376, tls: true }
  sealed = String((await make('sealed', { secrets, settings, pausedAt: new Date(), state: 'paused' })).id)
  start('sync.ts')
  start('sync.ts')
  webs = ports.map((port) => start('server.ts', port))
  for (const web of [0, 1]) await until(async () => (await get('/api/ready', { [toWeb]: String(web) })).ok)
  if (!('missing' in docker)) await until(async () => (await prisma().environment.findFirst({ where: { state: 'live' } })) !== null)
}, withinMs)
afterAll(async () => {
  await Promise.all(programs.map((program) => program.kill()))
  proxy.close()
  rmSync(dataDir, { recursive: true, force: true })
  const left = 'missing' in docker ? '' : await onDocker('ps', '-aq', '--filter', 'label=portolan.two-webs-test')
  if (left) await onDocker('rm', '-f', ...left.split('\n'))
})

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${origin}${path}`, { headers })
const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

/** Signs in as a browser does; its two requests go to different webs. */
async function signIn(): Promise<{ cookie: string; origin: string }> {
  const asked = await get('/api/auth/csrf')
  const { csrfToken } = (await asked.json()) as { csrfToken: string }
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(asked), origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ login: 'ada', password, csrfToken, json: 'true' }),
  })
  return { cookie: cookiesOf(answer), origin }
}
const on = (web: number, headers: Record<string, string>) => ({ ...headers, [toWeb]: String(web) })
const statuses = async (path: string, headers: Record<string, string>) =>
  Promise.all([0, 1].map(async (web) => (await get(path, on(web, headers))).status))

/** An open page; its sockets take turns between the webs unless the headers name one. */
function followContainers(headers: Record<string, string>) {
  const browser = browserAt(origin, headers)
  const followed = new FollowedList<Row>(browser, 'resources.list', { kind: 'docker/containers', environment, window: { after: 200 } })
  const shows = (name: string) => followed.list?.rows.some((row) => row.key === name) ?? false
  return { shows, ended: browser.ended, loaded: () => followed.list !== undefined }
}

const startContainer = (name: string, script: string) =>
  onDocker('run', '-d', '--init', '--label', 'portolan.two-webs-test', '--name', name, 'portolan/busybox:1', 'sh', '-c', script)

describe.skipIf('missing' in docker)('two webs behind a proxy without sticky routing', () => {
  it(
    'are one: a person who signed in on both is somebody on both, and their pages load each other’s files',
    { timeout: withinMs },
    async () => {
      const headers = await signIn()
      expect(await statuses('/api/me', headers)).toEqual([200, 200])
      const pages = await Promise.all([0, 1].map(async (web) => get('/sign-in', on(web, {}))))
      const texts = await Promise.all(pages.map((page) => page.text()))
      const filesOf = (text: string) => [...new Set(text.match(/\/_next\/static\/[^"\\?]+/g))].toSorted()
      expect(filesOf(texts[0]!).length).toBeGreaterThan(3)
      expect(filesOf(texts[1]!)).toEqual(filesOf(texts[0]!))
      for (const file of filesOf(texts[0]!)) expect(await statuses(file, {}), file).toEqual([200, 200])
      const nonces = pages.map((page) => page.headers.get('content-security-policy')?.match(/'nonce-([^']+)'/)?.[1])
      for (const [web, nonce] of nonces.entries()) expect(texts[web]).toContain(`nonce="${nonce}"`)
    },
  )

  it('show what changes, and do once what is asked of both', { timeout: withinMs }, async () => {
    const headers = await signIn()
    const pages = [0, 1].map((web) => followContainers(on(web, headers)))
    await until(() => pages.every((page) => page.loaded()))
    await startContainer('two-webs-shown', 'sleep 600')
    await until(() => pages.every((page) => page.shows('two-webs-shown')))

    const place = `/api/environments/${environment}/containers/two-webs-shown`
    const { rows } = (await (await get(place, headers)).json()) as { rows: { uid: string }[] }
    const key = randomUUID()
    const stop = (web: number) =>
      fetch(`${origin}${place}/actions/stop`, {
        method: 'POST',
        headers: { ...on(web, headers), 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ uid: rows[0]!.uid, input: { graceSeconds: 1 } }),
      })
    const answers = await Promise.all([stop(0), stop(1)])
    const [one, other] = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[]
    expect(other!.id).toBe(one!.id)
    expect(await prisma().activity.count({ where: { verb: 'resource.stop' } })).toBe(1)
    for (const web of [0, 1]) {
      const outcome = async () =>
        ((await (await get(`/api/activities/${one!.id}`, on(web, headers))).json()) as { outcome: string }).outcome
      await until(async () => (await outcome()) === 'succeeded')
    }
    await onDocker('rm', '-f', 'two-webs-shown')
    await until(() => pages.every((page) => !page.shows('two-webs-shown')))
  })

  // Sessions are also looked at once a minute; that it ends at once is what is asked here.
  it('end a session on both when it is ended on one, open pages too', { timeout: 30_000 }, async () => {
    const [ending, staying] = [await signIn(), await signIn()]
    const pages = [0, 1].map((web) => followContainers(on(web, ending)))
    await until(() => pages.every((page) => page.loaded()))
    const { id } = ((await (await get('/api/sessions', ending)).json()) as { rows: { id: string; current: boolean }[] }).rows.find(
      (session) => session.current,
    )!
    const ended = await fetch(`${origin}/api/sessions/${id}`, { method: 'DELETE', headers: on(0, staying) })
    expect(ended.ok).toBe(true)
    expect(await statuses('/api/me', ending)).toEqual([401, 401])
    await until(() => pages.every((page) => page.ended.session))
    expect(await statuses('/api/me', staying)).toEqual([200, 200])
  })

  it('rotate the key while both work, and need the older one no more once it is taken out', { timeout: withinMs }, async () => {
    const headers = await signIn()
    const secretsOf = async (web: number) => JSON.stringify(await (await get(`/api/environments/${sealed}`, on(web, headers))).json())
    expect(await secretsOf(0)).toContain('"key"')
    const asked = { done: false, failed: [] as number[] }
    const working = (async () => {
      for (; !asked.done;)
        for (const path of ['/api/me', `/api/environments/${sealed}`]) {
          const { status } = await get(path, headers)
          if (status !== 200) asked.failed.push(status)
        }
    })()
    const { stdout } = await run(process.execPath, ['scripts/rotate-key.mjs'], { cwd: root, env: { ...process.env, ...environmentFor() } })
    asked.done = true
    await working
    expect(asked.failed).toEqual([])
    const [newer, older] = parseSecretKeys(readFileSync(keyFile, 'utf8'))
    expect(stdout).toContain(`The key ${newer!.id} seals from now on; 1 environment was sealed anew.`)
    const row = await prisma().environment.findUniqueOrThrow({ where: { id: Number(sealed) } })
    expect(Buffer.from(row.secrets!).toString('latin1')).toContain(newer!.id)

    const later = await signIn()
    writeFileSync(keyFile, `${newer!.key.toString('base64')}\n`)
    expect(await statuses('/api/me', later)).toEqual([200, 200])
    expect(await statuses(`/api/environments/${sealed}`, later)).toEqual([200, 200])
    expect(older!.id).not.toBe(newer!.id)
    expect(await statuses('/api/me', headers)).toEqual([401, 401])
  })

  it('take a log over from each other without losing or doubling a line, when one is killed', { timeout: withinMs }, async () => {
    const headers = await signIn()
    await startContainer('two-webs-log', 'n=0; while true; do n=$((n+1)); echo $n; sleep 0.05; done')
    await until(async () => (await get(`/api/environments/${environment}/containers/two-webs-log`, headers)).ok)
    const log = new FollowedLog(browserAt(origin, headers), { environment, key: 'two-webs-log' })
    // Each is killed in turn: whichever has the stream, it moves to the other.
    for (const web of [0, 1]) {
      const before = log.lines.length
      await until(() => log.lines.length > before + 20)
      await webs[web]!.kill()
      const after = log.lines.length
      await until(() => log.lines.length > after + 20)
      if (web === 0) await restart(0)
    }
    log.close()
    expect(gapsIn(log.lines)).toEqual([])
  })
})

/** Starts a web that was killed again, and waits until it answers. */
async function restart(web: number): Promise<void> {
  webs[web]!.start()
  await until(async () => (await get('/api/ready', { [toWeb]: String(web) })).ok)
}
