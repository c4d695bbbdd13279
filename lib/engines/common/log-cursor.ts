import { AppError } from '../../errors/index.ts'
import type { RawLine } from './log-text.ts'

/**
 * Where a reader of a log is. An engine can only be asked for lines "since an instant", and instants repeat and are not
 * even in order; what is kept in order is the log itself. So a cursor names an anchor, an instant at least a second
 * back, and how many lines from the anchor on were seen: these are asked for again and dropped.
 */
interface Position {
  container: string
  /** Which streams were read: the count holds for them alone. */
  streams: string
  anchor: string
  /** Of the first line from the anchor on: when another one comes first, the count no longer holds. */
  first: string
  seen: number
  /** The latest instant seen. */
  last: string
}

const overlapMs = 1000
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/

/** Any ISO 8601 instant as Docker writes it in logs, so that it compares as text. */
const fullInstant = (at: string): string => (instant.test(at) ? at : new Date(at).toISOString().replace('Z', '000000Z'))
const secondBefore = (at: string): string => fullInstant(new Date(Date.parse(at) - overlapMs).toISOString())

export const streamsOf = (options: { stdout: boolean; stderr: boolean }): string =>
  `${options.stdout ? 'o' : ''}${options.stderr ? 'e' : ''}`

const format = (p: Position): string => [p.container, p.streams, p.anchor, p.first, p.seen, p.last].join('|')

/** Throws invalid_input for what is no cursor. */
export function parseCursor(cursor: string): Position {
  const [container = '', streams = '', anchor = '', first = '', seen = '', last = ''] = cursor.split('|')
  const instants = [anchor, first, last].every((at) => instant.test(at))
  if (!/^[0-9a-f]{12}$/.test(container) || !/^o?e?$/.test(streams) || !instants || !/^\d{1,12}$/.test(seen))
    throw new AppError('invalid_input', 'This is not a place in a log.', { reason: { code: 'log-cursor-invalid' } })
  return { container, streams, anchor, first, seen: Number(seen), last }
}

/** Seconds and nanoseconds, as Docker wants `since`. */
export const sinceOf = (at: string): string => `${Math.floor(Date.parse(at) / 1000)}.${fullInstant(at).slice(20, 29)}`

interface Anchor {
  at: string
  first: string
  seen: number
}

/** Counts lines and says the cursor behind the last of them. */
export class LogCursor {
  readonly #container: string
  readonly #streams: string
  /** From where on every line was asked for; null when only the last ones were. */
  readonly #from: string | null
  #anchor: Anchor | null = null
  /** Takes the anchor's place once it is a second old. */
  #next: Anchor | null = null
  #last = ''

  /** `from`: an ISO 8601 instant, '' for the beginning of the log, null when reading began somewhere in it. */
  constructor(container: string, streams: string, from: string | null) {
    this.#container = container.slice(0, 12)
    this.#streams = streams
    this.#from = from && fullInstant(from)
  }

  /** Where to go on: null before the first line. */
  get position(): Position | null {
    const anchor = this.#anchor
    return (
      anchor && {
        container: this.#container,
        streams: this.#streams,
        anchor: anchor.at,
        first: anchor.first,
        seen: anchor.seen,
        last: this.#last,
      }
    )
  }

  toString(): string {
    return this.position ? format(this.position) : ''
  }

  add(line: RawLine): void {
    // Only a line later than all before it can be an anchor: everything from it on is what `since` gives.
    const isLatest = line.at > this.#last
    for (const mark of [this.#anchor, this.#next]) if (mark && line.at >= mark.at) mark.seen++
    if (isLatest) this.#moveTo(line.at)
  }

  #moveTo(at: string): void {
    this.#last = at
    this.#anchor ??= { at: this.#firstAnchor(at), first: at, seen: 1 }
    this.#next ??= { at, first: at, seen: 1 }
    if (Date.parse(at) - Date.parse(this.#next.at) < overlapMs) return
    this.#anchor = this.#next
    this.#next = { at, first: at, seen: 1 }
  }

  /** A line written later may be stamped earlier than the first one: a second before it there is none. */
  #firstAnchor(at: string): string {
    if (this.#from === null) return at
    const before = secondBefore(at)
    return before > this.#from ? before : this.#from
  }
}

/** What became of a log since a cursor was taken. */
export interface Resumed {
  lines: RawLine[]
  /** Between these instants lines are missing. */
  gap: { from: string; to: string } | null
}

/** Drops what was seen before `position` from the lines that come since its anchor. */
export class LogResume {
  readonly #position: Position
  #toDrop: number
  #begun = false
  #mode: 'count' | 'instant' = 'count'

  constructor(position: Position, streams: string) {
    this.#position = position
    this.#toDrop = position.seen
    if (position.streams !== streams) this.#mode = 'instant'
  }

  take(lines: readonly RawLine[]): Resumed {
    const first = lines[0]
    let gap: Resumed['gap'] = null
    if (first && !this.#begun) {
      this.#begun = true
      // The line at the anchor is gone: older lines were rotated away, so counting no longer leads to the right place.
      if (first.at !== this.#position.first) this.#mode = 'instant'
      if (first.at > this.#position.last && this.#position.streams.length > 0) gap = { from: this.#position.last, to: first.at }
    }
    return { gap, lines: lines.filter((line) => this.#isNew(line)) }
  }

  #isNew(line: RawLine): boolean {
    if (this.#mode === 'instant') return line.at > this.#position.last
    if (this.#toDrop === 0) return true
    this.#toDrop--
    return false
  }
}
