import { cleanseText } from './untrusted.ts'

/** A line as the engine keeps it. `at` has nanoseconds and always the same length, so that it compares as text. */
export interface RawLine {
  at: string
  stream: 'stdout' | 'stderr'
  text: string
  cutFrom?: number
}

export const longestLine = 64 * 2 ** 10
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

/** Turns the bytes of a log into lines, each with an instant before it. */
export class LogText {
  readonly #stream: RawLine['stream']
  readonly #open = new Line()
  #lastAt = '1970-01-01T00:00:00.000000000Z'

  constructor(stream: RawLine['stream'] = 'stdout') {
    this.#stream = stream
  }

  /** Whether a line has begun and not ended. */
  get isOpen(): boolean {
    return this.#open.isOpen
  }

  /** The lines that end in this chunk. */
  push(bytes: Buffer): RawLine[] {
    const lines: RawLine[] = []
    let from = 0
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      this.#open.add(bytes.subarray(from, end))
      lines.push(this.#finish())
      from = end + 1
    }
    if (from < bytes.length) this.#open.add(bytes.subarray(from))
    return lines
  }

  /** The last line, when it has no end. */
  end(): RawLine[] {
    return this.#open.isOpen ? [this.#finish()] : []
  }

  #finish(): RawLine {
    const line = this.#open.end(this.#stream, this.#lastAt)
    this.#lastAt = line.at
    return line
  }
}

/** A piece of a line without the instant before it. */
export function withoutTimestamp(piece: Buffer): Buffer {
  const stamp = timestamp.exec(piece.subarray(0, longestTimestamp).toString('latin1'))
  return stamp ? piece.subarray(stamp[0].length) : piece
}
