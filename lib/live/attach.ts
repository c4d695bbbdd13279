import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Actor, Via } from '../access/index.ts'
import { actorAgain, authenticate } from '../access/authenticate.ts'
import { listen } from '../database/index.ts'
import { AppError, isAppError } from '../errors/index.ts'
import { endWithError } from '../http/answer.ts'
import { checkOrigin } from '../http/origin.ts'
import { forgetEnvironments } from '../inventory/index.ts'
import { log } from '../log.ts'
import { systemClock } from '../model/clock.ts'
import type { Topic } from '../model/topic.ts'
import { once } from '../once.ts'
import { connectionOf } from '../operations/engine-connections.ts'
import { heldStreams } from '../operations/held-streams.ts'
import { endpointOf } from '../operations/index.ts'
import { gauge } from '../operations/system/metrics.ts'
import { recheckTerminals } from '../operations/terminals/keep.ts'
import { settings } from '../settings.ts'
import { heldTerminals } from '../terminals/held.ts'
import type { Channel } from './channels/channel.ts'
import { logsChannel } from './channels/logs.ts'
import { metricsChannel } from './channels/metrics.ts'
import { rowsChannel } from './channels/rows.ts'
import { terminalChannel } from './channels/terminal.ts'
import { Hub } from './hub.ts'
import { LiveSocket } from './live-socket.ts'
import { PipeIn, ticketIn } from './terminals/pipe-in.ts'
import { pipePath } from './terminals/pipe-out.ts'

const path = '/api/live'
const maxFrameBytes = 64 * 1024
/** Of one session, or one API token. */
const maxSocketsEach = 32
const beatEveryMs = 5_000
/** Sessions and tokens expire without anybody saying so. */
const recheckEveryBeats = 12
const retryRecheckMs = 1_000
/** Who does not answer a goodbye must not hold the program up. */
const goodbyeMs = 1_000

/** All live queries of this process. */
const hub = (): Hub => once('live.hub', () => new Hub({ clock: systemClock, minIntervalMs: settings().liveIntervalMs, concurrency: 4 }))

const channels = (): Channel[] => [
  rowsChannel(hub, (name) => endpointOf(name)?.operation),
  logsChannel(connectionOf),
  metricsChannel(connectionOf),
  terminalChannel(),
]

/** Every socket of this process, and what keeps them honest. */
class LiveServer {
  private readonly sockets = new Set<LiveSocket>()
  private readonly pipes = new Set<PipeIn>()
  /** Those that will be asked again once the database is back. */
  private readonly doubtful = new Set<LiveSocket>()
  private readonly channels = channels()
  private readonly webSockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, clientTracking: false })
  private beats = 0

  constructor() {
    const channelsOf = () => [...this.sockets].reduce((sum, socket) => sum + socket.channels, 0)
    this.webSockets.on('wsClientError', (error, stream) => endWithError(stream, notSpoken(error), randomUUID()))
    gauge('portolan_live_sockets', 'Open sockets of browsers.', () => this.sockets.size)
    gauge('portolan_live_channels', 'Open channels over all sockets.', channelsOf)
    gauge('portolan_live_queries', 'Different queries that are followed.', () => hub().size)
    gauge('portolan_held_streams', 'Logs that are followed or downloaded.', heldStreams)
    gauge('portolan_held_terminals', 'Terminals that live in this process.', () => heldTerminals().size)
  }

  /** An upgrade of /api/live: refused with words, or a socket of whoever is signed in. */
  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const requestId = randomUUID()
    stream.on('error', onGone)
    try {
      const actor = await this.admit(request)
      stream.off('error', onGone)
      this.webSockets.handleUpgrade(request, stream, head, (socket) => {
        const live = new LiveSocket(socket, actor, this.channels)
        this.sockets.add(live)
        socket.on('close', () => this.forget(live))
        live.beat(new Date().toISOString())
      })
    } catch (error) {
      if (!isAppError(error)) log().error({ err: error, requestId }, 'a live socket could not be opened')
      endWithError(stream, error, requestId)
    }
  }

  /** An upgrade by another web process of ours, to a terminal that lives here: a ticket is all that opens it. */
  upgradePipe(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = ticketIn(request.headers)
    if (!ticket) return endWithError(stream.on('error', onGone), noSocket(), randomUUID())
    this.webSockets.handleUpgrade(request, stream, head, (socket) => {
      const pipe = new PipeIn(socket, ticket)
      this.pipes.add(pipe)
      socket.on('close', () => this.pipes.delete(pipe))
    })
  }

  private async admit(request: IncomingMessage): Promise<Actor> {
    const headers = headersOf(request)
    checkOrigin(headers)
    const actor = await authenticate(headers)
    if (!actor) throw new AppError('unauthenticated', 'Sign in first.', { reason: { code: 'signed_out' } })
    const own = [...this.sockets].filter((socket) => idOf(socket.via) === idOf(actor.via)).length
    if (own >= maxSocketsEach) throw new AppError('rate_limited', `A session or token may have ${maxSocketsEach} sockets open at once.`)
    return actor
  }

  beat(): void {
    const at = new Date().toISOString()
    for (const socket of this.sockets) socket.beat(at)
    for (const pipe of this.pipes) pipe.beat()
    if (++this.beats % recheckEveryBeats === 0) this.recheck()
  }

  tell(topic: Topic): void {
    if (topic.topic === 'environments') forgetEnvironments()
    hub().tell(topic)
    if (topic.topic === 'access') this.recheck(topic.user)
  }

  close(): void {
    for (const end of [...this.sockets, ...this.pipes]) end.close()
    systemClock.after(goodbyeMs, () => {
      for (const socket of this.sockets) socket.terminate()
    })
  }

  private recheck(user?: string): void {
    recheckTerminals(user)
    for (const socket of this.sockets)
      if ((user === undefined || socket.userId === user) && !this.doubtful.has(socket)) void this.recheckOne(socket)
  }

  private forget(socket: LiveSocket): void {
    this.sockets.delete(socket)
    this.doubtful.delete(socket)
  }

  private async recheckOne(socket: LiveSocket): Promise<void> {
    try {
      await socket.recheck(() => actorAgain(socket.via))
    } catch (error) {
      if (!this.sockets.has(socket)) return
      if (isAppError(error) && error.code === 'unavailable') this.recheckLater(socket)
      else {
        log().error({ err: error }, 'the rights of a live socket could not be checked')
        socket.terminate()
      }
    }
  }

  private recheckLater(socket: LiveSocket): void {
    this.doubtful.add(socket)
    systemClock.after(retryRecheckMs, () => {
      if (this.doubtful.delete(socket)) void this.recheckOne(socket)
    })
  }
}

const idOf = (via: Via): string => ('session' in via ? via.session : via.token)

const onGone = (error: Error) => log().debug({ error: error.message }, 'an upgrade was gone before it was answered')

const headersOf = (request: IncomingMessage): Headers =>
  new Headers(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : [])),
  )

const notSpoken = ({ message }: Error) => new AppError('invalid_input', `That is no WebSocket. ${message}`)
const noSocket = () => new AppError('not_found', 'There is no socket there.', { reason: { code: 'nothing_here' } })

/**
 * Serves the socket at /api/live on an HTTP server. Other upgrades are refused, for a connection that nobody answers has
 * no time-out and stays open; `leaveOthers` is for who serves some himself. The answer closes every socket and stops
 * listening; browsers come back by themselves.
 */
export function attachLive(server: Server, { leaveOthers = false } = {}): () => void {
  const live = new LiveServer()
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const asked = request.url?.split('?')[0]
    if (asked === path) void live.upgrade(request, stream, head)
    else if (asked === pipePath) live.upgradePipe(request, stream, head)
    else if (!leaveOthers) endWithError(stream.on('error', onGone), noSocket(), randomUUID())
  }
  server.on('upgrade', onUpgrade)
  const stopListening = listen((topic) => live.tell(topic))
  const beats = setInterval(() => live.beat(), beatEveryMs)
  return () => {
    server.off('upgrade', onUpgrade)
    clearInterval(beats)
    stopListening()
    live.close()
  }
}
