import { toWire } from '../errors/index.ts'
import type { ServerFrame } from '../model/live.ts'

/** Frames of one channel that the browser may have without saying that it took them in. */
const maxUnacknowledged = 8

/** The socket, as a channel sees it. */
export interface Outlet {
  /** False while the network does not take what was written. */
  drains(): boolean
  write(text: string): void
}

/** One end of a channel: sends its frames and knows when to stop for a while. */
export class Sink {
  /** Ends with the channel. */
  readonly signal: AbortSignal
  private readonly id: string
  private readonly outlet: Outlet
  private readonly closing = new AbortController()
  private readonly onClosed: () => void
  private readonly readyListeners = new Set<() => void>()
  private readonly sayListeners = new Set<(data: unknown) => void>()
  private unacknowledged = 0

  constructor(id: string, outlet: Outlet, onClosed: () => void) {
    this.id = id
    this.outlet = outlet
    this.onClosed = onClosed
    this.signal = this.closing.signal
  }

  isReady(): boolean {
    return !this.signal.aborted && this.unacknowledged < maxUnacknowledged && this.outlet.drains()
  }

  /** Calls back whenever there may be room again, until the returned function is called. */
  onReady(listener: () => void): () => void {
    this.readyListeners.add(listener)
    return () => this.readyListeners.delete(listener)
  }

  /** Calls back with whatever the browser says on this channel. */
  onSaid(listener: (data: unknown) => void): void {
    this.sayListeners.add(listener)
  }

  /** The browser said something; what cannot be listened to closes the channel. */
  hear(data: unknown): void {
    try {
      for (const listener of this.sayListeners) listener(data)
    } catch (error) {
      this.fail(error)
    }
  }

  /** Resolves when there is room, or the channel is closed. */
  async ready(): Promise<void> {
    while (!this.isReady() && !this.signal.aborted) await this.poked()
  }

  /** Sends data that is JSON already. */
  send(json: string): void {
    if (this.signal.aborted) return
    this.unacknowledged++
    this.outlet.write(`{"op":"data","id":${JSON.stringify(this.id)},"data":${json}}`)
  }

  /** Says why and closes. */
  fail(error: unknown): void {
    this.finish({ op: 'error', id: this.id, error: toWire(error) })
  }

  end(): void {
    this.finish({ op: 'end', id: this.id })
  }

  /** The browser took `count` frames in. */
  acknowledge(count: number): void {
    this.unacknowledged = Math.max(0, this.unacknowledged - count)
  }

  /** Tells whoever waits for room to look again. */
  poke(): void {
    for (const listener of this.readyListeners) listener()
  }

  /** Closes without a word: the browser knows, or is gone. */
  close(): void {
    if (this.signal.aborted) return
    this.closing.abort()
    this.poke()
    this.onClosed()
  }

  private finish(frame: ServerFrame): void {
    if (this.signal.aborted) return
    this.outlet.write(JSON.stringify(frame))
    this.close()
  }

  private poked(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.onReady(() => {
        stop()
        resolve()
      })
    })
  }
}
