import type { TerminalFrame, TerminalSize, Watcher } from '../model/terminal.ts'
import type { Screen } from './screen.ts'

/** One end of a terminal: a browser's channel here, or a pipe to another web process. */
export interface Outlet {
  isReady(): boolean
  /** A TerminalFrame as JSON. */
  send(frame: string): void
  /** All is said. */
  end(): void
  fail(error: unknown): void
}

/** Output that one who is slow may have waiting; beyond it he gets the screen as it is when he is ready again. */
const longestBacklog = 256 * 1024

/** Somebody who looks at a terminal: what they have, and what they still need. Its memory is bounded. */
export class Viewer {
  readonly who: Watcher
  readonly outlet: Outlet
  /** Output not sent yet; null: so much that the whole screen is sent instead. */
  #backlog: string | null = null
  #people: Watcher[] | null = null
  #ended: Extract<TerminalFrame, { type: 'ended' }> | null = null

  constructor(who: Watcher, outlet: Outlet) {
    this.who = who
    this.outlet = outlet
  }

  output(text: string): void {
    if (this.#backlog !== null) this.#backlog += text
    if (this.#backlog !== null && this.#backlog.length > longestBacklog) this.#backlog = null
  }

  size(size: TerminalSize): void {
    // What waits was written for the old size.
    if (this.#backlog !== '' || !this.outlet.isReady()) this.#backlog = null
    else this.#send({ type: 'size', size })
  }

  people(people: Watcher[]): void {
    this.#people = people
  }

  ended(frame: Extract<TerminalFrame, { type: 'ended' }>): void {
    this.#ended = frame
  }

  /** Sends what is due, as far as there is room. A screen that is being written cannot be sent. */
  deliver(screen: Screen, isWriting: boolean): void {
    if (this.outlet.isReady()) this.#deliverText(screen, isWriting)
    if (this.#backlog !== '' || !this.outlet.isReady()) return
    if (this.#people) this.#send({ type: 'people', people: this.#people })
    this.#people = null
    if (!this.#ended) return
    this.#send(this.#ended)
    this.#ended = null
    this.outlet.end()
  }

  #deliverText(screen: Screen, isWriting: boolean): void {
    if (this.#backlog === null && isWriting) return
    if (this.#backlog === null) this.#send({ type: 'screen', text: screen.text(), size: screen.size, types: this.who.types })
    else if (this.#backlog !== '') this.#send({ type: 'output', text: this.#backlog })
    this.#backlog = ''
  }

  #send(frame: TerminalFrame): void {
    this.outlet.send(JSON.stringify(frame))
  }
}
