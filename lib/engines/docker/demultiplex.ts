import { AppError } from '../../errors/index.ts'
import { LogText, withoutTimestamp, type RawLine } from '../common/log-text.ts'

/** Docker cuts messages into pieces of 16 KiB; anything like this is another protocol. */
const longestFrame = 2 ** 20

/**
 * Turns the bytes of a container's log into lines. Without a terminal Docker puts each message into a frame (stream,
 * length), a line over 16 KiB into several, each with the timestamp again; with a terminal there are no frames.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
 */
export class LogDemultiplexer {
  readonly #framed: boolean
  readonly #text = { stdout: new LogText('stdout'), stderr: new LogText('stderr') }
  #rest: Buffer = Buffer.alloc(0)

  constructor(options: { terminal: boolean }) {
    this.#framed = !options.terminal
  }

  /** The lines that end in this chunk. Throws engine_failed on bytes that are no frames. */
  push(chunk: Buffer): RawLine[] {
    return this.#framed ? this.#pushFrames(chunk) : this.#text.stdout.push(chunk)
  }

  /** The last line, when it has no end. */
  end(): RawLine[] {
    return [...this.#text.stdout.end(), ...this.#text.stderr.end()]
  }

  #pushFrames(chunk: Buffer): RawLine[] {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    const lines: RawLine[] = []
    let from = 0
    while (bytes.length - from >= 8) {
      const type = bytes[from]
      const length = bytes.readUInt32BE(from + 4)
      if (type === undefined || type > 3 || length > longestFrame)
        throw new AppError('engine_failed', 'The log of this container cannot be read.', { reason: { code: 'log-unreadable' } })
      if (bytes.length - from - 8 < length) break
      const text = this.#text[type === 2 ? 'stderr' : 'stdout']
      const frame = bytes.subarray(from + 8, from + 8 + length)
      lines.push(...text.push(text.isOpen ? withoutTimestamp(frame) : frame))
      from += 8 + length
    }
    this.#rest = bytes.subarray(from)
    return lines
  }
}
