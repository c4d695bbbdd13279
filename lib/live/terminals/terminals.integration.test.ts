import { execFile, fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { encode } from 'next-auth/jwt'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { sharedDocker, useDatabase as givenDatabase } from '../../../e2e/engines/database.ts'
import { cookieName, cookieSecret } from '../../access/cookie.ts'
import { actorOf } from '../../access/index.ts'
import { notify, prisma } from '../../database/index.ts'
import { log } from '../../log.ts'
import type { ServerFrame } from '../../model/live.ts'
import type { Role } from '../../model/role.ts'
import type { TerminalFrame, TerminalInput, TerminalRow } from '../../model/terminal.ts'
import { endpointOf } from '../../operations/index.ts'
import { perform } from '../../operations/perform.ts'
import { runSync } from '../../sync/run.ts'
import { holderId } from '../../terminals/held.ts'
import { attachLive } from '../attach.ts'
import { pipePath } from './pipe-out.ts'
import { writeTicket } from './ticket.ts'
import { freePort } from '../../../e2e/engines/port.ts'

const port = await freePort()
vi.stubEnv('PORT', String(port))
vi.stubEnv('PORTOLAN_LEASE_RENEW_MS', '300')
vi.stubEnv('PORTOLAN_LEASE_VOID_MS', '1200')
vi.stubEnv('PORTOLAN_TERMINAL_IDLE_MS', '8000')
givenDatabase()

const docker = sharedDocker()
const run = promisify(execFile)
const socket = 'socket' in docker ? docker.socket : '/nowhere'
const onDocker = async (...args: string[]) => (await run('docker', ['-H', `unix://${socket}`, ...args])).stdout.trim()

async function until<T>(look: () => T | Promise<T>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

let people = 0
async function signIn(role: Role = 'operator', name = 'Ada') {
  const user = await prisma().user.create({ data: { login: `p${++people}`, name, bindings: { create: { role, namespaces: [] } } } })
  const session = await prisma().session.create({
    data: { userId: user.id, expiresAt: new Date(Date.now() + 3_600_000), address: '', userAgent: '' },
  })
  const cookie = `${cookieName('session')}=${await encode({ token: { sid: session.id }, secret: cookieSecret() })}`
  return { user, session, cookie }
}
type Person = Awaited<ReturnType<typeof signIn>>

const cleanUps: (() => unknown)[] = []

/** A browser at a web, looking at a terminal. */
async function look(person: Person, id: string, at = port) {
  const headers = { host: `localhost:${at}`, origin: `http://localhost:${at}`, cookie: person.cookie }
  const tab = new WebSocket(`ws://127.0.0.1:${at}/api/live`, { headers })
  cleanUps.push(() => tab.terminate())
  const frames: TerminalFrame[] = []
  const errors: string[] = []
  tab.on('message', (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame
    if (frame.op === 'error') errors.push(frame.error.code)
    if (frame.op !== 'data') return
    frames.push(frame.data as TerminalFrame)
    tab.send(JSON.stringify({ op: 'ack', id: '1', count: 1 }))
  })
  await once(tab, 'open')
  tab.send(JSON.stringify({ op: 'open', id: '1', channel: 'terminal', params: { id } }))
  // As a browser does, which takes no keys before it shows anything.
  await until(() => frames.length > 0 || errors.length > 0)
  const text = () => frames.map((frame) => (frame.type === 'screen' || frame.type === 'output' ? frame.text : '')).join('')
  const say = (data: TerminalInput) => tab.send(JSON.stringify({ op: 'say', id: '1', data }))
  return {
    frames,
    errors,
    text,
    say,
    type: (typed: string) => say({ type: 'input', text: typed }),
    leave: () => tab.terminate(),
    people: () => frames.flatMap((frame) => (frame.type === 'people' ? [frame.people.map(({ name }) => name)] : [])).at(-1),
    ended: () => frames.find((frame) => frame.type === 'ended')?.reason,
  }
}

/** A size goes to the engine beside what is typed, so what is typed next may be read before it. */
async function showsSize(tab: Awaited<ReturnType<typeof look>>, size: string): Promise<void> {
  for (let n = 1; !tab.text().includes(size); n++) {
    tab.type(`stty size; echo asked-$((${n}))\r`)
    await until(() => tab.text().includes(`asked-${n}\r\n`))
  }
}

describe.skipIf('missing' in docker)('terminals', () => {
  let server: Server
  let environment: number
  let uid: string
  const stopping = new AbortController()
  let syncing: Promise<void>

  beforeAll(async () => {
    server = createServer((_, response) => response.end())
    const detach = attachLive(server)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const flag = { flagHue: 'teal', flagPattern: 'cross', flagCode: 'DEV' }
    const at = { settings: { transport: 'socket', path: socket }, engineId: 'e' }
    environment = (
      await prisma().environment.create({ data: { name: 'here', engine: 'docker', stage: 'dev', ...flag, protected: false, ...at } })
    ).id
    uid = await onDocker('run', '-d', '--init', '--name', 'terminals', 'portolan/busybox:1', 'sleep', '600')
    syncing = runSync(stopping.signal)
    await until(async () => (await prisma().environment.findUniqueOrThrow({ where: { id: environment } })).state === 'live')
    return detach
  })
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
  })
  afterAll(async () => {
    stopping.abort()
    await syncing
    await onDocker('rm', '-f', 'terminals')
    server.close()
  })

  const inputOf = (more: object = {}) => ({ environment: String(environment), kind: 'containers', key: 'terminals', uid, ...more })
  const open = async (person: Person, more: object = {}): Promise<TerminalRow> => {
    const circumstances = { requestId: 'test', signal: new AbortController().signal, log: log(), now: () => new Date() }
    return (await perform(
      endpointOf('terminals.open')!.operation,
      await actorOf(person.session.id),
      inputOf(more),
      circumstances,
    )) as TerminalRow
  }
  const activityOf = (name: string) => prisma().activity.findFirstOrThrow({ where: { userName: name }, orderBy: { startedAt: 'desc' } })

  /** Another web process over the same database. */
  async function otherWeb(): Promise<{ child: ChildProcess; port: number; open(person: Person): Promise<TerminalRow> }> {
    const other = await freePort()
    const env = { ...process.env, PORT: String(other), LOG_LEVEL: 'silent' }
    const child = fork(join(import.meta.dirname, '../fixtures/web.ts'), { env, execArgv: [] })
    cleanUps.push(() => child.kill('SIGKILL'))
    await once(child, 'message')
    return {
      child,
      port: other,
      async open(person) {
        child.send({ sessionId: person.session.id, input: inputOf() })
        const [said] = (await once(child, 'message')) as [{ opened?: TerminalRow; failed?: string }]
        if (!said.opened) throw new Error(said.failed)
        return said.opened
      },
    }
  }

  test('survives a reload and is watched by name; who opened what is an activity, and how it ended', async () => {
    const ada = await signIn('operator', 'Ada')
    const bob = await signIn('operator', 'Bob')
    const { id } = await open(ada)
    const first = await look(ada, id)
    first.type('stty size; echo mark-$((40 + 2))\r')
    await until(() => first.text().includes('mark-42'))
    expect(first.text()).toContain('24 80')
    expect(await activityOf('Ada')).toMatchObject({ verb: 'resource.terminal', outcome: 'running', key: 'terminals' })
    first.leave()
    const again = await look(ada, id)
    await until(() => again.text().includes('mark-42'))
    const watching = await look(bob, id)
    await until(() => watching.text().includes('mark-42') && again.people()?.length === 2)
    expect(again.people()).toEqual(['Ada', 'Bob'])
    watching.type('echo bob-was-here\r')
    again.say({ type: 'size', size: { columns: 90, rows: 30 } })
    await showsSize(again, '30 90')
    again.type('exit 4\r')
    await until(() => watching.ended() && again.ended())
    expect(watching.text()).toContain('30 90')
    expect(watching.text()).not.toContain('bob-was-here')
    expect(watching.ended()).toEqual({ code: 'terminal-exited', params: { exitCode: 4 } })
    const activity = await until(async () => {
      const found = await activityOf('Ada')
      return found.outcome === 'succeeded' && found
    })
    expect(JSON.stringify(activity)).not.toContain('mark-42')
    const late = await look(bob, id)
    await until(() => late.ended())
    expect(late.ended()).toEqual({ code: 'terminal-exited', params: { exitCode: 4 } })
  })

  test('asks for operator there, and tells nobody else that it exists', async () => {
    const ada = await signIn()
    const { id } = await open(ada)
    await expect(open(await signIn('deployer'))).rejects.toMatchObject({ code: 'forbidden' })
    for (const [role, code] of [
      ['deployer', 'forbidden'],
      ['viewer', 'forbidden'],
    ] as const) {
      const tab = await look(await signIn(role), id)
      await until(() => tab.errors.length)
      expect(tab.errors).toEqual([code])
    }
    const stranger = await signIn()
    await prisma().roleBinding.deleteMany({ where: { userId: stranger.user.id } })
    const tab = await look(stranger, id)
    await until(() => tab.errors.length)
    expect(tab.errors).toEqual(['not_found'])
    const own = await look(ada, id)
    own.say({ type: 'end' })
    await until(() => own.ended())
  })

  test.each(['narrowed', 'disabled', 'signed out'])('ends with the rights of who opened it: %s', async (how) => {
    const ada = await signIn('operator', `Ada ${how}`)
    const bob = await signIn('operator', 'Bob')
    const { id } = await open(ada)
    const tab = await look(ada, id)
    const watching = await look(bob, id)
    await until(() => tab.text() && watching.text())
    if (how === 'narrowed') await prisma().roleBinding.updateMany({ where: { userId: ada.user.id }, data: { role: 'viewer' } })
    if (how === 'disabled') await prisma().user.update({ where: { id: ada.user.id }, data: { disabledAt: new Date() } })
    if (how === 'signed out') await prisma().session.update({ where: { id: ada.session.id }, data: { endedAt: new Date() } })
    await notify(null, { topic: 'access', user: ada.user.id })
    await until(() => watching.ended())
    expect(watching.ended()).toEqual({ code: 'terminal-right-lost' })
    const before = tab.frames.length
    tab.type('echo still-here\r')
    expect(tab.frames.slice(before).some((frame) => frame.type === 'output')).toBe(false)
  })

  test('ends after a while in which nobody looked, and says so', async () => {
    const { id } = await open(await signIn())
    const row = await until(async () => {
      const found = await prisma().terminal.findUniqueOrThrow({ where: { id } })
      return found.endedAt ? found : undefined
    })
    expect(row?.ended).toMatchObject({ code: 'terminal-idle' })
  })

  test('ends with its container, and says so', async () => {
    const other = await onDocker('run', '-d', '--name', 'dying', 'portolan/busybox:1', 'sleep', '600')
    await until(async () => prisma().$queryRaw<unknown[]>`SELECT FROM resources WHERE key = 'dying'`.then((rows) => rows.length))
    const ada = await signIn()
    const { id } = await open(ada, { key: 'dying', uid: other })
    const tab = await look(ada, id)
    await until(() => tab.text())
    await onDocker('kill', 'dying')
    await until(() => tab.ended())
    expect(tab.ended()).toEqual({ code: 'terminal-resource-ended', params: { exitCode: 137 } })
    await onDocker('rm', '-f', 'dying')
  })

  test('nobody has more of them than some', async () => {
    const ada = await signIn()
    const wanted = Array.from({ length: 14 }, () => open(ada).then(({ id }) => look(ada, id)))
    const settled = await Promise.allSettled(wanted)
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(refused).toHaveLength(4)
    for (const error of refused) expect(error).toMatchObject({ code: 'rate_limited', reason: { code: 'terminals-of-a-person' } })
    const tabs = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    for (const tab of tabs) tab.say({ type: 'end' })
    await until(() => tabs.every((tab) => tab.ended()))
    await until(async () => (await prisma().terminal.count({ where: { userId: ada.user.id, endedAt: null } })) === 0)
  })

  test('what a hostile container prints, ends nowhere but on the screen', async () => {
    const ada = await signIn()
    const { id } = await open(ada)
    const tab = await look(ada, id)
    tab.type(`cat > /tmp/got & while :; do printf '\\033]52;c;cm0=\\007\\033P$qm\\033\\\\\\033]11;?\\007\\033[21t\\005%01000d' 7; done\r`)
    await until(() => tab.text().length > 300_000)
    // oxlint-disable-next-line no-control-regex
    expect(tab.text()).not.toMatch(/\u001b\]|\u001bP|\u0005/)
    tab.type('\u0003')
    tab.say({ type: 'end' })
    await until(() => tab.ended())
  })

  describe('over two webs', () => {
    test('a terminal of one is watched and typed in at the other', async () => {
      const other = await otherWeb()
      const ada = await signIn('operator', 'Ada')
      const bob = await signIn('operator', 'Bob')
      const { id } = await other.open(ada)
      const tab = await look(ada, id)
      const there = await look(bob, id, other.port)
      tab.type('echo mark-$((40 + 2))\r')
      await until(() => tab.text().includes('mark-42') && there.text().includes('mark-42'))
      await until(() => there.people()?.length === 2)
      expect(tab.people()?.toSorted()).toEqual(['Ada', 'Bob'])
      there.type('echo bob-was-here\r')
      tab.say({ type: 'size', size: { columns: 91, rows: 31 } })
      await showsSize(tab, '31 91')
      await until(() => there.text().includes('31 91'))
      await prisma().roleBinding.updateMany({ where: { userId: bob.user.id }, data: { role: 'viewer' } })
      await notify(null, { topic: 'access', user: bob.user.id })
      await until(() => there.errors.length)
      expect(there.errors).toEqual(['forbidden'])
      tab.say({ type: 'end' })
      await until(() => tab.ended())
      expect(tab.ended()).toEqual({ code: 'terminal-closed', params: { name: 'Ada' } })
      expect(tab.text()).not.toContain('bob-was-here')
    })

    test('when the holder dies, the tab says so, and what to do', async () => {
      const other = await otherWeb()
      const ada = await signIn()
      const { id } = await other.open(ada)
      const tab = await look(ada, id)
      await until(() => tab.text())
      other.child.kill('SIGKILL')
      // Until its lease is void it may come back; where that was so at once, the end is told at once.
      await until(() => tab.errors.length || tab.ended())
      expect(tab.errors.filter((code) => code !== 'unavailable')).toEqual([])
      const told = await until(async () => {
        const again = await look(ada, id)
        await until(() => again.errors.length || again.ended())
        // A session has only so many sockets at once.
        again.leave()
        return again.ended()
      })
      expect(told).toEqual({ code: 'terminal-holder-gone' })
    })

    test('a pipe opens by a ticket of ours alone', async () => {
      const answerTo = async (authorization?: string) => {
        const pipe = new WebSocket(`ws://127.0.0.1:${port}${pipePath}`, { headers: authorization ? { authorization } : {} })
        cleanUps.push(() => pipe.terminate())
        pipe.on('error', () => undefined)
        return Promise.race([
          once(pipe, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
          once(pipe, 'close').then(([code]) => code as number),
        ])
      }
      const { id } = await open(await signIn())
      const who = { userId: 'u', name: 'Eve', types: true }
      const good = { terminal: id, holder: holderId(), who }
      expect(await answerTo()).toBe(404)
      expect(await answerTo('Ticket nonsense')).toBe(404)
      expect(await answerTo(`Ticket ${writeTicket(good, Date.now() - 61_000)}`)).toBe(404)
      expect(await answerTo(`Ticket ${writeTicket(good, Date.now()).slice(0, -2)}xx`)).toBe(404)
      expect(await answerTo(`Ticket ${writeTicket({ ...good, holder: 'another' }, Date.now())}`)).toBe(4404)
    })
  })
})
