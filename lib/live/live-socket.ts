import type { WebSocket } from 'ws'
import type { Actor, Via } from '../access/index.ts'
import { AppError, isAppError } from '../errors/index.ts'
import { log } from '../log.ts'
import { ClientFrame } from '../model/client-frame.ts'
import { endedSession, type ServerFrame } from '../model/live.ts'
import type { Channel } from './channels/channel.ts'
import { Sink } from './sink.ts'

export const maxChannels = 64
/** Written and not yet taken by the network: beyond the first nothing more is offered, beyond the second it is cut. */
const pauseAtBytes = 1024 * 1024
const cutAtBytes = 16 * 1024 * 1024
/** Channels opened between two beats. */
const maxOpensPerBeat = 300
/** Beats without a pong after which nobody is there any more. */
const maxSilentBeats = 3

const brokenRule = 1008

interface OpenChannel {
  channel: Channel
  params: unknown
  sink: Sink
  /** Ends one life of the channel; it may begin anew under other rights. */
  life: AbortController
}

/** One browser tab: its channels, and the bounds that keep one slow or greedy tab from hurting others. */
export class LiveSocket {
  private readonly socket: WebSocket
  private readonly channelsByName: ReadonlyMap<string, Channel>
  private readonly open = new Map<string, OpenChannel>()
  private actor: Actor
  private silentBeats = 0
  private rechecks = 0
  private opens = 0

  constructor(socket: WebSocket, actor: Actor, channels: readonly Channel[]) {
    this.socket = socket
    this.actor = actor
    this.channelsByName = new Map(channels.map((channel) => [channel.name, channel]))
    socket.on('message', (data, isBinary) => this.onMessage(isBinary ? null : String(data)))
    socket.on('pong', () => (this.silentBeats = 0))
    socket.on('error', (error) => log().debug({ error: error.message }, 'a live socket failed'))
    socket.on('close', () => this.closeChannels())
    // The page may have been drawn by rights that changed while nobody could tell it so.
    this.tellRights()
  }

  get userId(): string {
    return this.actor.userId
  }

  get via(): Via {
    return this.actor.via
  }

  get channels(): number {
    return this.open.size
  }

  /** Every 5 s: tells the time, and cuts who has not answered for long. */
  beat(at: string): void {
    this.opens = 0
    if (this.silentBeats++ >= maxSilentBeats) return this.cut('silent')
    this.write(JSON.stringify({ op: 'beat', at } satisfies ServerFrame))
    this.socket.ping()
  }

  /** Takes over what the person may do now, or closes when nobody is signed in any more. */
  async recheck(actorNow: () => Promise<Actor | null>): Promise<void> {
    const turn = ++this.rechecks
    const actor = await actorNow()
    // Answers may overtake each other: what was asked for last is the truth.
    if (turn !== this.rechecks) return
    if (!actor) {
      this.closeChannels()
      return this.socket.close(endedSession, 'The session ended.')
    }
    const changed = JSON.stringify(actor.bindings) !== JSON.stringify(this.actor.bindings)
    this.actor = actor
    if (changed) this.tellRights()
    for (const open of this.open.values()) await this.recheckChannel(open, changed)
  }

  terminate(): void {
    this.socket.terminate()
  }

  /** Ends in good manners: the browser comes back by itself, to whoever is there then. */
  close(): void {
    this.socket.close(1001, 'Portolan is restarting.')
  }

  private tellRights(): void {
    this.write(JSON.stringify({ op: 'rights', bindings: this.actor.bindings } satisfies ServerFrame))
  }

  private onMessage(text: string | null): void {
    const frame = text === null ? null : readFrame(text)
    if (!frame) return this.socket.close(brokenRule, 'That is no frame of this protocol.')
    if (frame.op === 'open') this.onOpen(frame)
    else if (frame.op === 'close') this.open.get(frame.id)?.sink.close()
    else if (frame.op === 'say') this.open.get(frame.id)?.sink.hear(frame.data)
    else {
      this.open.get(frame.id)?.sink.acknowledge(frame.count)
      // Room for one channel is room for all: they share the network.
      for (const { sink } of this.open.values()) sink.poke()
    }
  }

  private onOpen({ id, channel: name, params }: Extract<ClientFrame, { op: 'open' }>): void {
    if (this.open.has(id)) return this.socket.close(brokenRule, `Channel ${id} is open already.`)
    if (++this.opens > maxOpensPerBeat) return this.socket.close(brokenRule, 'Too many channels at once.')
    const sink = new Sink(id, { drains: () => this.socket.bufferedAmount < pauseAtBytes, write: (text) => this.write(text) }, () =>
      this.onClosed(id),
    )
    const channel = this.channelsByName.get(name)
    if (!channel) return sink.fail(new AppError('unsupported', `There is no channel ${name}.`))
    if (this.open.size >= maxChannels) return sink.fail(new AppError('rate_limited', `A tab may follow ${maxChannels} things at once.`))
    const open = { channel, params, sink, life: new AbortController() }
    this.open.set(id, open)
    void this.begin(open)
  }

  private async begin({ channel, params, sink, life }: OpenChannel): Promise<void> {
    const signal = AbortSignal.any([sink.signal, life.signal])
    try {
      await channel.authorise(this.actor, params)
      if (!signal.aborted) await channel.open(this.actor, params, sink, signal)
    } catch (error) {
      if (signal.aborted) return
      if (!isAppError(error)) log().error({ err: error, channel: channel.name }, 'a live channel failed')
      sink.fail(error)
    }
  }

  private async recheckChannel(open: OpenChannel, changed: boolean): Promise<void> {
    if (changed && open.channel.reopensWithRights) {
      open.life.abort()
      open.life = new AbortController()
      return this.begin(open)
    }
    try {
      await open.channel.authorise(this.actor, open.params)
    } catch (error) {
      open.sink.fail(error)
    }
  }

  private onClosed(id: string): void {
    this.open.delete(id)
  }

  private closeChannels(): void {
    for (const { sink } of this.open.values()) sink.close()
  }

  /** Without a goodbye, which would not be read: nobody answers any more, or too much was not taken in. */
  private cut(why: 'silent' | 'behind'): void {
    log().info({ user: this.userId, why, behindBytes: this.socket.bufferedAmount }, 'a live socket was cut')
    this.socket.terminate()
  }

  private write(text: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    if (this.socket.bufferedAmount > cutAtBytes) return this.cut('behind')
    this.socket.send(text)
  }
}

function readFrame(text: string): ClientFrame | null {
  try {
    return ClientFrame.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // Not JSON: the caller closes the socket over it.
    return null
  }
}
