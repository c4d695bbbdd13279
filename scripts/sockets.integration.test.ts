import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect as connectTcp, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { sharedDocker, useDatabase as givenDatabase } from '../e2e/engines/database.ts'
import { askEngine } from '../e2e/engines/docker/ask.ts'
import { freePort } from '../e2e/engines/port.ts'
import { proxyTo } from '../e2e/engines/proxy.ts'
import { until } from '../e2e/engines/until.ts'
import { heldBy, openAt } from '../e2e/load/measure.ts'
import { openPage } from '../e2e/load/page.ts'
import { connectEngine, makeSleeper, type Place } from '../e2e/load/place.ts'
import { Program } from '../e2e/load/program.ts'
import { signedIn } from '../lib/http/test-client.ts'
import type { Environment } from '../lib/model/environment.ts'
import type { ServerFrame } from '../lib/model/live.ts'
import type { TerminalRow } from '../lib/model/terminal.ts'

const withinMs = 60_000
const docker = sharedDocker()
const engine = 'socket' in docker ? docker.socket : '/nowhere'
const nothing = { live_sockets: 0, live_channels: 0, live_queries: 0, held_streams: 0, held_terminals: 0 }
const name = `loud-${process.pid}`

givenDatabase()

describe.skipIf('missing' in docker)('sockets of a web', () => {
  const directory = mkdtempSync(join(tmpdir(), 'portolan-sockets-'))
  const log = join(directory, 'web.log')
  let port: number
  let place: Place
  let uid: string
  const programs: Program[] = []
  const web = () => programs[0]!
  const open: WebSocket[] = []

  beforeAll(async () => {
    // As much as would be felt if it were kept for each of thirty: 24 MB.
    const loud = 'l=$(head -c 8000 /dev/zero | tr "\\0" x); n=0; while [ $n -lt 3000 ]; do n=$((n+1)); echo $l; done; sleep 100000'
    uid = await makeSleeper(engine, name, ['sh', '-c', loud])
    port = await freePort()
    const origin = `http://localhost:${port}`
    const env = { PORT: String(port), PORTOLAN_URL: origin, PORTOLAN_TERMINAL_IDLE_MS: '2000', LOG_LEVEL: 'info' }
    programs.push(new Program('server.ts', env, openSync(log, 'a')), new Program('sync.ts', env))
    for (const program of programs) program.start()
    const { cookie } = await person()
    const headers = { cookie, origin }
    const environment = await connectEngine({ origin, headers }, 'harbour', { transport: 'socket', path: engine })
    place = { origin, headers, environment, socket: engine }
    // Before sync has spoken with it, actions are off.
    const state = async () => ((await (await fetch(`${origin}/api/environments/${environment}`, { headers })).json()) as Environment).state
    await until(async () => (await state()) === 'live')
  }, 120_000)
  afterEach(() => {
    for (const socket of open.splice(0)) socket.terminate()
  })
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()))
    await askEngine(engine, 'DELETE', `/containers/${name}?force=1`)
    rmSync(directory, { recursive: true, force: true })
  })

  const person = () => signedIn({ role: 'administrator', environment: null, namespaces: null })
  const headersOf = (cookie: string) => ({ host: `localhost:${port}`, origin: `http://localhost:${port}`, cookie })
  /** A bare socket, open, of a browser that is at this address. */
  async function connect(cookie = place.headers.cookie!, at = port): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${at}/api/live`, { headers: headersOf(cookie) })
    socket.on('error', () => undefined)
    open.push(socket)
    await once(socket, 'open')
    return socket
  }
  const tcpOf = (socket: WebSocket) => (socket as unknown as { _socket: Socket })._socket
  const ask = (socket: WebSocket, id: string, channel: string, params: object) =>
    socket.send(JSON.stringify({ op: 'open', id, channel, params }))
  const follow = (socket: WebSocket) =>
    ask(socket, 'rows', 'rows', { operation: 'resources.list', input: { kind: 'docker/containers', environment: place.environment } })
  const readLog = (socket: WebSocket) =>
    ask(socket, 'log', 'logs', { environment: place.environment, kind: 'docker/containers', key: name })
  const isAtRest = () => vi.waitFor(async () => expect(await openAt(port)).toEqual(nothing), { timeout: withinMs, interval: 100 })

  async function openTerminal(): Promise<string> {
    const answer = await fetch(`${place.origin}/api/environments/${place.environment}/containers/${name}/terminals`, {
      method: 'POST',
      headers: { ...place.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ uid }),
    })
    const opened = (await answer.json()) as TerminalRow
    expect(answer.status, JSON.stringify(opened)).toBe(201)
    return opened.id
  }

  it('that are cut in the middle of everything leave nothing open', { timeout: 120_000 }, async () => {
    const socket = await connect()
    const seen = new Set<string>()
    const others: ServerFrame[] = []
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as ServerFrame
      if (frame.op === 'data') seen.add(frame.id)
      else if (frame.op === 'error' || frame.op === 'end') others.push(frame)
    })
    follow(socket)
    readLog(socket)
    ask(socket, 'terminal', 'terminal', { id: await openTerminal() })
    await until(() => seen.size === 3 || others.length > 0)
    expect(others).toEqual([])
    expect(await openAt(port)).toEqual({ live_sockets: 1, live_channels: 3, live_queries: 1, held_streams: 1, held_terminals: 1 })
    tcpOf(socket).resetAndDestroy()
    await isAtRest()
  })

  const ways: ((cookie: string) => Promise<void>)[] = [
    async (cookie) => (await connect(cookie)).terminate(),
    async (cookie) => {
      const socket = await connect(cookie)
      follow(socket)
      readLog(socket)
      tcpOf(socket).resetAndDestroy()
    },
    // Nobody who is signed in.
    () => expect(connect('')).rejects.toThrow('401'),
    // Gone in the middle of the handshake, and gone while it is being answered.
    ...['GET /api/live HTTP/1.1\r\nhost: local', handshake()].map((words) => async (cookie: string) => {
      const socket = connectTcp(port, '127.0.0.1').on('error', () => undefined)
      await once(socket, 'connect')
      socket.write(words.replace('COOKIE', cookie).replaceAll('PORT', String(port)), () => socket.resetAndDestroy())
      await once(socket, 'close')
    }),
  ]

  it('that come and go a thousand times leave nothing open, however they go', { timeout: 240_000 }, async () => {
    // As many people, so that none has more sockets than one may.
    const cookies = await Promise.all(Array.from({ length: 5 }, async () => (await person()).cookie))
    const comeAndGo = async (times: number) => {
      for (let n = 0; n < times; n += 50)
        await Promise.all(Array.from({ length: 50 }, (_, i) => ways[i % ways.length]!(cookies[Math.floor(i / 10)]!)))
      await isAtRest()
    }
    await comeAndGo(100)
    const before = heldBy(web().pid).open
    await comeAndGo(1_000)
    // A pool of connections to the database opens and closes so many.
    await vi.waitFor(() => expect(heldBy(web().pid).open).toBeLessThanOrEqual(before + 10), { timeout: withinMs, interval: 200 })
  })

  it('that never read, or are half open, cost little, hold nobody up, and are cut with the reason', { timeout: 180_000 }, async () => {
    const cookies = await Promise.all([1, 2].map(async () => (await person()).cookie))
    const page = openPage(place)
    await until(() => page.isLive())
    const before = heldBy(web().pid).memory
    const deaf = await Promise.all(Array.from({ length: 30 }, (_, n) => connect(cookies[n % 2])))
    // They say that they took in what they never read.
    const lies = setInterval(() => {
      for (const socket of deaf) if (socket.readyState === WebSocket.OPEN) socket.send('{"op":"ack","id":"log","count":8}')
    }, 20)
    for (const socket of deaf) {
      tcpOf(socket).pause()
      follow(socket)
      readLog(socket)
    }
    const network = await proxyTo(port)
    const lost = await connect(undefined, network.port)
    follow(lost)
    await until(async () => (await openAt(port)).live_sockets === 32)
    network.stall()

    let most = 0
    const seenAfterMs: number[] = []
    await vi.waitUntil(
      async () => {
        most = Math.max(most, heldBy(web().pid).memory - before)
        const volume = `${name}-${seenAfterMs.length}`
        const since = performance.now()
        await askEngine(engine, 'POST', '/volumes/create', { Name: volume })
        await until(() => page.shown().includes(`volumes ${volume}`))
        seenAfterMs.push(Math.round(performance.now() - since))
        await askEngine(engine, 'DELETE', `/volumes/${volume}`)
        return (await openAt(port)).live_sockets === 1
      },
      { timeout: withinMs, interval: 100 },
    )
    clearInterval(lies)
    const others = `others saw ${seenAfterMs.length} changes meanwhile, the slowest after ${Math.max(...seenAfterMs)} ms`
    process.stdout.write(`30 that never read: ${Math.round(most / 1e6)} MB more at most; ${others}\n`)
    expect(most, 'half of what would be kept').toBeLessThan(360e6)
    expect(page.isLive()).toBe(true)
    const said = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('a live socket was cut'))
    expect(said.filter((line) => line.includes('"why":"silent"'))).toHaveLength(31)
    page.close()
    await network.close()
    await isAtRest()
  })
})

function handshake(): string {
  const lines = ['GET /api/live HTTP/1.1', 'host: localhost:PORT', 'origin: http://localhost:PORT', 'cookie: COOKIE', 'connection: upgrade']
  return [...lines, 'upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', '', ''].join('\r\n')
}
