import { type AppError, errorTable, isAppError } from '../errors/index.ts'
import type { Binding } from '../model/binding.ts'
import { type Clock, systemClock } from '../model/clock.ts'
import type { ClientFrame } from '../model/client-frame.ts'
import { type ChannelName, endedSession, type ServerFrame } from '../model/live.ts'
import { api, fromWire, unreachable } from './api.ts'
import { delayOf } from './backoff.ts'
import { BeatWatch } from './beat-watch.ts'
import { leadToSignIn } from './sign-in.ts'

/** connecting: the first frame is not here yet · reconnecting: what is shown may be old · ended: the server said that is all. */
export type ChannelState = 'connecting' | 'live' | 'reconnecting' | 'ended'

export interface ChannelHandlers {
  /** The server sends no more than a few before they are taken in; one that answers later says so by its promise. */
  onData(data: unknown): unknown
  /** `error` is why it is not live; one that no retry heals leaves the channel closed. */
  onState(state: ChannelState, error: AppError | null): void
}

/** An open channel: called, it closes. */
export interface OpenChannel {
  (): void
  /** Says something to the other end; lost while there is no connection. */
  say(data: unknown): void
}

/** What is used of a browser's WebSocket. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>

export interface LiveClientOptions {
  makeSocket(): Socket
  clock: Clock
  random(): number
  /** Called after a connection that never opened: a refused session is told from a lost network here. */
  onRefused(say: (why: AppError) => void): void
  onSessionEnded(): void
}

interface Channel {
  name: ChannelName
  params: () => unknown
  handlers: ChannelHandlers
  failures: number
  cancelReopen: (() => void) | null
}

/** An idle socket stays a moment, so that going from page to page does not open one each time. */
const idleCloseMs = 5_000

/** One socket to Portolan, opened by the first channel; it comes back by itself and opens its channels again. */
export class LiveClient {
  private readonly options: LiveClientOptions
  private readonly channels = new Map<string, Channel>()
  private readonly watch: BeatWatch
  private readonly rightsListeners = new Set<(bindings: Binding[]) => void>()
  private socket: Socket | null = null
  /** Stops listening to the socket. */
  private deaf = new AbortController()
  private opened = false
  private whyRefused: AppError | null = null
  private failures = 0
  private nextId = 1
  private offsetMs = 0
  private cancelRetry: (() => void) | null = null
  private cancelIdle: (() => void) | null = null

  constructor(options: LiveClientOptions) {
    this.options = options
    this.watch = new BeatWatch(options.clock, () => this.reconnect())
  }

  /** Opens a channel; `params` is asked again whenever it is opened anew. The answer closes it. */
  open(name: ChannelName, params: () => unknown, handlers: ChannelHandlers): OpenChannel {
    const id = String(this.nextId++)
    this.channels.set(id, { name, params, handlers, failures: 0, cancelReopen: null })
    this.cancelIdle?.()
    if (this.opened) this.sendOpen(id)
    else if (!this.socket && !this.cancelRetry) this.connect()
    const say = (data: unknown) => {
      if (this.opened) this.send({ op: 'say', id, data })
    }
    return Object.assign(() => this.closeChannel(id), { say })
  }

  /** Calls back with what this person may do: when a connection opens, and when it was changed. The answer stops it. */
  onRights(listener: (bindings: Binding[]) => void): () => void {
    this.rightsListeners.add(listener)
    return () => void this.rightsListeners.delete(listener)
  }

  /** The server's clock, in ms since 1970: what ages are counted from. */
  serverNow(): number {
    return this.options.clock.now() + this.offsetMs
  }

  /** Looks at once whether the socket is alive: for a tab that woke, or a network that came back. */
  check(): void {
    if (this.channels.size === 0) return
    // What failed before says nothing of now: if the attempt that is under way fails too, the next one comes at once.
    this.failures = 0
    if (!this.socket) this.connect()
    else if (this.watch.isDoubtful()) this.reconnect()
  }

  private closeChannel(id: string): void {
    const channel = this.channels.get(id)
    if (!channel) return
    channel.cancelReopen?.()
    this.forget(id)
    if (this.opened) this.send({ op: 'close', id })
  }

  private forget(id: string): void {
    this.channels.delete(id)
    if (this.channels.size > 0) return
    this.cancelIdle?.()
    this.cancelIdle = this.options.clock.after(idleCloseMs, () => this.rest())
  }

  private rest(): void {
    if (this.channels.size > 0) return
    this.drop()
    this.cancelRetry?.()
    this.cancelRetry = null
  }

  private connect(): void {
    this.cancelRetry?.()
    this.cancelRetry = null
    const socket = this.options.makeSocket()
    this.socket = socket
    this.deaf = new AbortController()
    const { signal } = this.deaf
    socket.addEventListener('open', () => this.onOpen(), { signal })
    socket.addEventListener('message', (event) => this.onFrame(JSON.parse(String(event.data)) as ServerFrame), { signal })
    socket.addEventListener('close', (event) => this.onClose(event.code), { signal })
    this.watch.start()
  }

  private onOpen(): void {
    this.opened = true
    this.whyRefused = null
    this.watch.heard()
    for (const id of this.channels.keys()) this.sendOpen(id)
  }

  private onFrame(frame: ServerFrame): void {
    this.watch.heard()
    if (frame.op === 'beat') {
      // A first beat proves that the connection holds; only now is a next failure a first one again.
      this.failures = 0
      this.offsetMs = Date.parse(frame.at) - this.options.clock.now()
      return
    }
    if (frame.op === 'rights') {
      for (const listener of this.rightsListeners) listener(frame.bindings)
      return
    }
    const channel = this.channels.get(frame.id)
    if (!channel) return
    if (frame.op === 'data') {
      channel.failures = 0
      channel.handlers.onState('live', null)
      const { socket } = this
      const acknowledge = () => {
        if (this.socket === socket) this.send({ op: 'ack', id: frame.id, count: 1 })
      }
      const taken = channel.handlers.onData(frame.data)
      if (taken instanceof Promise) void taken.then(acknowledge)
      else acknowledge()
    } else if (frame.op === 'end') {
      this.forget(frame.id)
      channel.handlers.onState('ended', null)
    } else this.onError(frame.id, channel, fromWire(frame.error))
  }

  private onError(id: string, channel: Channel, error: AppError): void {
    if (error.code === 'unauthenticated') this.options.onSessionEnded()
    if (!errorTable[error.code].retry) {
      this.forget(id)
      channel.handlers.onState('ended', error)
      return
    }
    channel.handlers.onState('reconnecting', error)
    channel.cancelReopen = this.options.clock.after(delayOf(channel.failures++, this.options.random), () => {
      if (this.opened) this.sendOpen(id)
    })
  }

  private onClose(code: number): void {
    const refused = !this.opened
    this.drop()
    if (this.channels.size === 0) return
    if (code === endedSession) return this.options.onSessionEnded()
    const error = (refused && this.whyRefused) || unreachable()
    for (const channel of this.channels.values()) channel.handlers.onState('reconnecting', error)
    if (refused) this.options.onRefused((why) => this.refusedFor(why))
    this.cancelRetry = this.options.clock.after(delayOf(this.failures++, this.options.random), () => this.connect())
  }

  private refusedFor(why: AppError): void {
    if (this.opened) return
    this.whyRefused = why
    for (const channel of this.channels.values()) channel.handlers.onState('reconnecting', why)
  }

  private reconnect(): void {
    this.drop()
    for (const channel of this.channels.values()) channel.handlers.onState('reconnecting', unreachable())
    this.connect()
  }

  /** Lets go of the socket without waiting for its close, which a dead one never says. */
  private drop(): void {
    const socket = this.socket
    this.socket = null
    this.opened = false
    for (const channel of this.channels.values()) channel.cancelReopen?.()
    this.watch.stop()
    this.deaf.abort()
    socket?.close()
  }

  private sendOpen(id: string): void {
    const channel = this.channels.get(id)
    if (channel) this.send({ op: 'open', id, channel: channel.name, params: channel.params() })
  }

  private send(frame: ClientFrame): void {
    this.socket?.send(JSON.stringify(frame))
  }
}

let client: LiveClient | null = null

/** The tab's one socket. */
export function liveClient(): LiveClient {
  if (client) return client
  const made = new LiveClient({
    makeSocket: () => new WebSocket(new URL('/api/live', location.href.replace(/^http/, 'ws'))),
    clock: systemClock,
    random: Math.random,
    // The browser does not tell a refused upgrade's status; asking who we are does, and leads to sign-in on a 401.
    onRefused: (say) => void api('/api/me').catch((error: unknown) => isAppError(error) && say(error)),
    onSessionEnded: leadToSignIn,
  })
  const check = () => document.visibilityState === 'visible' && made.check()
  document.addEventListener('visibilitychange', check)
  window.addEventListener('online', check)
  window.addEventListener('pageshow', check)
  client = made
  return made
}
