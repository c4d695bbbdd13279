import type { EngineTerminal } from '../engines/engine.ts'
import { AppError, isAppError } from '../errors/index.ts'
import type { Clock } from '../model/clock.ts'
import type { Reason } from '../model/reason.ts'
import {
  largestTerminal,
  longestInput,
  type TerminalFrame,
  type TerminalInput,
  type TerminalSize,
  type Watcher,
} from '../model/terminal.ts'
import { Calm } from './calm.ts'
import { Screen } from './screen.ts'
import { type Outlet, Viewer } from './viewer.ts'

const mostViewers = 32
/** How fast a program is read: one that never stops must not take this process for itself. */
const bytesAtATime = 256 * 1024
const timeMs = 125
/** How fast a person types, or pastes. */
const inputAtATime = 128 * 1024
const inputTimeMs = 1_000
/** So long an engine may take to end what it was told to end. */
const endingMs = 5_000

export type Ended = Omit<Extract<TerminalFrame, { type: 'ended' }>, 'type'> & {
  /** What the engine failed with; none when it ended as things end. */
  failure?: unknown
}

export interface SessionOptions {
  terminal: EngineTerminal
  size: TerminalSize
  clock: Clock
  /** How long it lives without anybody who looks. */
  idleMs: number
}

/** A terminal that lives here, whoever looks at it. */
export class TerminalSession {
  /** How it ended, once it has. Never rejects. */
  readonly ended: Promise<Ended>
  readonly #terminal: EngineTerminal
  readonly #screen: Screen
  readonly #clock: Clock
  readonly #idleMs: number
  readonly #viewers = new Set<Viewer>()
  readonly #calm = new Calm()
  readonly #decoder = new TextDecoder()
  readonly #told = Promise.withResolvers<Ended>()
  readonly #read = { from: 0, bytes: 0 }
  readonly #typed = { from: 0, bytes: 0 }
  #isWriting = false
  #isOver = false
  #lastWord: Extract<TerminalFrame, { type: 'ended' }> | null = null
  #cancelIdle: (() => void) | null = null

  constructor({ terminal, size, clock, idleMs }: SessionOptions) {
    this.#terminal = terminal
    this.#clock = clock
    this.#idleMs = idleMs
    this.#screen = new Screen(size, (answer) => terminal.write(Buffer.from(answer)))
    this.#beginIdle()
    this.ended = this.#live()
  }

  /** Ends it, and what runs in it. */
  end(reason: Reason): void {
    this.#told.resolve({ reason })
  }

  /** Looks at it from now on. Throws `rate_limited` when too many do. */
  watch(who: Watcher, outlet: Outlet): { say(input: TerminalInput): void; poke(): void; leave(): void } {
    if (this.#viewers.size >= mostViewers)
      throw new AppError('rate_limited', `${mostViewers} look at this terminal already.`, { reason: { code: 'terminal-crowded' } })
    const viewer = new Viewer(who, outlet)
    if (this.#lastWord) viewer.ended(this.#lastWord)
    this.#viewers.add(viewer)
    this.#cancelIdle?.()
    this.#tellPeople()
    return {
      say: (input) => this.#take(viewer, input),
      poke: () => viewer.deliver(this.#screen, this.#isWriting),
      leave: () => this.#forget(viewer),
    }
  }

  #forget(viewer: Viewer): void {
    if (!this.#viewers.delete(viewer)) return
    this.#tellPeople()
    if (this.#viewers.size === 0 && !this.#isOver) this.#beginIdle()
  }

  #beginIdle(): void {
    const reason = { code: 'terminal-idle', params: { minutes: Math.round(this.#idleMs / 60_000) } }
    this.#cancelIdle = this.#clock.after(this.#idleMs, () => this.end(reason))
  }

  #take(viewer: Viewer, input: TerminalInput): void {
    if (!viewer.who.types || this.#isOver) return
    if (input.type === 'end') this.end({ code: 'terminal-closed', params: { name: viewer.who.name } })
    else if (input.type === 'size') this.#resize(input.size)
    else this.#type(viewer, input.text)
  }

  #type(viewer: Viewer, text: string): void {
    const bytes = Buffer.from(text)
    if (text.length > longestInput || this.#count(this.#typed, bytes.length, inputTimeMs) > inputAtATime)
      viewer.outlet.fail(new AppError('rate_limited', 'Too much was typed at once.', { reason: { code: 'terminal-typed-too-fast' } }))
    else this.#terminal.write(bytes)
  }

  #resize({ columns, rows }: TerminalSize): void {
    const size = { columns: between(columns, 2, largestTerminal.columns), rows: between(rows, 1, largestTerminal.rows) }
    if (size.columns === this.#screen.size.columns && size.rows === this.#screen.size.rows) return
    this.#screen.resize(size)
    for (const viewer of this.#viewers) viewer.size(size)
    this.#deliver()
    // What has just ended has no size any more; that it ended is told anyway.
    this.#terminal.resize(size).catch(() => undefined)
  }

  #tellPeople(): void {
    const people = [...this.#viewers].map(({ who }) => who)
    for (const viewer of this.#viewers) viewer.people(people)
    this.#deliver()
  }

  #deliver(): void {
    for (const viewer of this.#viewers) viewer.deliver(this.#screen, this.#isWriting)
  }

  async #live(): Promise<Ended> {
    const output = this.#show()
    const first = await Promise.race([output, this.#told.promise])
    this.#isOver = true
    this.#cancelIdle?.()
    const ended = first ?? (await this.#ending())
    // Docker may need a moment to end what runs; what it still says then is shown too.
    this.#terminal.close()
    await Promise.race([output, new Promise<void>((resolve) => this.#clock.after(endingMs, resolve))])
    this.#lastWord = { type: 'ended', reason: ended.reason, cause: ended.cause }
    for (const viewer of this.#viewers) viewer.ended(this.#lastWord)
    this.#deliver()
    return ended
  }

  /** Reads until the program's end; answers why it could not be read to it. */
  async #show(): Promise<Ended | null> {
    try {
      for await (const bytes of this.#terminal.output) {
        await this.#write(this.#calm.take(this.#decoder.decode(bytes, { stream: true })))
        if (this.#count(this.#read, bytes.length, timeMs) > bytesAtATime) await this.#rest()
      }
      return null
    } catch (failure) {
      return lost(failure)
    }
  }

  async #write(text: string): Promise<void> {
    this.#isWriting = true
    await this.#screen.write(text)
    this.#isWriting = false
    for (const viewer of this.#viewers) viewer.output(text)
    this.#deliver()
  }

  async #ending(): Promise<Ended> {
    try {
      const { what, exitCode } = await this.#terminal.ended()
      const code = what === 'program' ? 'terminal-exited' : 'terminal-resource-ended'
      return { reason: { code: exitCode === null ? `${code}-somehow` : code, params: { exitCode: exitCode ?? '' } } }
    } catch (failure) {
      return lost(failure)
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => this.#clock.after(this.#read.from + timeMs - this.#clock.now(), resolve))
  }

  /** How much it is with this, within a stretch of time. */
  #count(window: { from: number; bytes: number }, bytes: number, lengthMs: number): number {
    const now = this.#clock.now()
    if (now - window.from >= lengthMs) Object.assign(window, { from: now, bytes: 0 })
    return (window.bytes += bytes)
  }
}

const between = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, Math.floor(value)))

const lost = (failure: unknown): Ended => ({
  reason: { code: 'terminal-lost' },
  cause: isAppError(failure) ? failure.reason : undefined,
  failure,
})
