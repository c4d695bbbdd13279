import { AppError } from '../../errors/index.ts'
import { cleanseText } from '../common/untrusted.ts'

/** A line as the engine keeps it. `at` has nanoseconds and always the same length, so that it compares as text. */
export interface RawLine {
  at: string
  stream: 'stdout' | 'stderr'
  text: string
  cutFrom?: number
}

export const longestLine = 64 * 2 ** 10
/** Docker cuts messages into pieces of 16 KiB; anything like this is another protocol. */
const longestFrame = 2 ** 20
const timestamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d) ?/
const longestTimestamp = 36

/** A line that is being put together from pieces. Keeps no more of it than will be shown. */
class Line {
  #pieces: Buffer[] = []
  #kept = 0
  #length = 0

  get isOpen(): boolean {
    return this.#length > 0
  }

  add(piece: Buffer): void {
    const room = longestLine + longestTimestamp - this.#kept
    if (room > 0) {
      this.#pieces.push(piece.subarray(0, room))
      this.#kept += Math.min(piece.length, room)
    }
    this.#length += piece.length
  }

  end(stream: RawLine['stream'], lastAt: string): RawLine {
    const whole = Buffer.concat(this.#pieces).toString('utf8')
    const stamp = timestamp.exec(whole)
    const at = stamp ? normalise(stamp[1]!, stamp[2]!) : lastAt
    const text = cleanseText(whole.slice(stamp?.[0].length ?? 0).replace(/\r$/, ''), longestLine)
    const length = this.#length - Buffer.byteLength(stamp?.[0] ?? '')
    this.#pieces = []
    this.#kept = 0
    this.#length = 0
    return length > longestLine ? { at, stream, text, cutFrom: length } : { at, stream, text }
  }
}

function normalise(instant: string, zone: string): string {
  if (zone !== 'Z') return new Date(instant + zone).toISOString().replace('Z', '000000Z')
  const [whole = '', fraction = ''] = instant.split('.')
  return `${whole}.${fraction.padEnd(9, '0')}Z`
}

/**
 * Turns the bytes of a container's log into lines. Without a terminal Docker puts each message into a frame (stream,
 * length), a line over 16 KiB into several, each with the timestamp again; with a terminal there are no frames.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
 */
export class LogDemultiplexer {
  readonly #framed: boolean
  readonly #open = { stdout: new Line(), stderr: new Line() }
  #rest: Buffer = Buffer.alloc(0)
  #lastAt = '1970-01-01T00:00:00.000000000Z'

  constructor(options: { terminal: boolean }) {
    this.#framed = !options.terminal
  }

  /** The lines that end in this chunk. Throws engine_failed on bytes that are no frames. */
  push(chunk: Buffer): RawLine[] {
    return this.#framed ? this.#pushFrames(chunk) : this.#pushText('stdout', chunk)
  }

  /** The last line, when it has no end. */
  end(): RawLine[] {
    return (['stdout', 'stderr'] as const).flatMap((stream) => (this.#open[stream].isOpen ? [this.#finish(stream)] : []))
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
      const stream = type === 2 ? 'stderr' : 'stdout'
      const frame = bytes.subarray(from + 8, from + 8 + length)
      lines.push(...this.#pushText(stream, this.#open[stream].isOpen ? withoutTimestamp(frame) : frame))
      from += 8 + length
    }
    this.#rest = bytes.subarray(from)
    return lines
  }

  #pushText(stream: RawLine['stream'], bytes: Buffer): RawLine[] {
    const lines: RawLine[] = []
    let from = 0
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      this.#open[stream].add(bytes.subarray(from, end))
      lines.push(this.#finish(stream))
      from = end + 1
    }
    if (from < bytes.length) this.#open[stream].add(bytes.subarray(from))
    return lines
  }

  #finish(stream: RawLine['stream']): RawLine {
    const line = this.#open[stream].end(stream, this.#lastAt)
    this.#lastAt = line.at
    return line
  }
}

function withoutTimestamp(frame: Buffer): Buffer {
  const stamp = timestamp.exec(frame.subarray(0, longestTimestamp).toString('latin1'))
  return stamp ? frame.subarray(stamp[0].length) : frame
}
