import { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'

/** What is held of one stream at most that nobody reads; SSH's own window is 2 MiB, and its end may not keep to it. */
const mostUnreadBytes = 8 * 2 ** 20

/** What a stream needs of the connection that carries it. */
export interface Carrier {
  channel: ClientChannel
  /** Calls back when the connection has room again. */
  whenWritable(done: () => void): void
}

/**
 * A connection to a socket on another machine, as Node's HTTP client wants it: there at once, like a socket that is
 * still connecting, and destroyed with the reason when nothing comes of it or what carries it breaks.
 */
export class Forwarded extends Duplex {
  #carrier: Carrier | null = null
  #waiting: (() => void) | null = null

  constructor(opening: (stream: Forwarded) => Promise<Carrier>) {
    super({ allowHalfOpen: false })
    opening(this).then(
      (carrier) => this.#join(carrier),
      (failure: Error) => this.destroy(failure),
    )
  }

  #join(carrier: Carrier): void {
    const { channel } = carrier
    if (this.destroyed) return void channel.destroy()
    this.#carrier = carrier
    channel.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) channel.pause()
    })
    channel.on('end', () => this.push(null))
    // What was written and not taken before it closed is never taken; what was sent is still read.
    channel.on('close', () => (this.readableEnded ? this.destroy() : this.once('end', () => this.destroy())))
    channel.on('error', (failure: Error) => this.destroy(failure))
    this.#waiting?.()
    this.#waiting = null
  }

  /** The other end sends more than it was given leave to. */
  get isFlooded(): boolean {
    return (this.#carrier?.channel.readableLength ?? 0) > mostUnreadBytes
  }

  override _read(): void {
    this.#carrier?.channel.resume()
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (failure?: Error | null) => void): void {
    const { channel, whenWritable } = this.#carrier ?? {}
    if (channel && whenWritable) channel.write(chunk, (failure) => (failure ? done(failure) : whenWritable(done)))
    else this.#waiting = () => this._write(chunk, encoding, done)
  }

  override _final(done: () => void): void {
    const end = () => {
      this.#carrier?.channel.end()
      done()
    }
    if (this.#carrier) end()
    else this.#waiting = end
  }

  override _destroy(failure: Error | null, done: (failure: Error | null) => void): void {
    this.#carrier?.channel.destroy()
    done(failure)
  }

  // What Node's HTTP client asks of a socket, and what carries this one does for all.
  setKeepAlive = (): this => this
  setNoDelay = (): this => this
  setTimeout = (): this => this
  ref = (): this => this
  unref = (): this => this
}
