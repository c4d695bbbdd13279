import { setTimeout as wait } from 'node:timers/promises'
import type { LogFrame, LogLine } from '../../model/stream.ts'
import type { RawLine } from '../common/log-text.ts'

/** What one of several logs says: lines in its own order, or a mark. */
export type Part = { type: 'lines'; lines: RawLine[] } | Mark
export type Mark = Extract<LogFrame, { type: 'mark' }>

type Item = { at: string } & ({ line: RawLine } | { mark: Mark })
/** One line or mark of the whole. */
export type Told = { line: LogLine } | { mark: Mark }

interface Source {
  /** Shown before its lines; null where there is only one. */
  label: string | null
  parts: AsyncIterator<Part>
  told(line: RawLine): void
  /** Read and not told yet, because another may still say something older. */
  held: Item[]
  /** The last instant it told of: engines stamp the end of a container by the second, so before its last lines. */
  reached: string
  reading: boolean
}

/** Begins with so long a look, that a log of yesterday does not come before one of last week. */
const firstLookMs = 300
const lookMs = 50

/**
 * Several logs as one, in order of time as far as they can be read at once. Each is read one part ahead, so whoever
 * reads this slowly holds them all back.
 */
export class LogMerge {
  readonly #sources = new Map<string, Source>()
  #failure: { error: unknown } | null = null
  #wake = Promise.withResolvers<void>()

  get size(): number {
    return this.#sources.size
  }

  has(name: string): boolean {
    return this.#sources.has(name)
  }

  /** `told` is called with each line when it is told, in its own order. */
  add(name: string, label: string | null, parts: AsyncIterable<Part>, told: (line: RawLine) => void): void {
    const source = { label, parts: parts[Symbol.asyncIterator](), told, held: [], reached: '', reading: false }
    this.#sources.set(name, source)
    this.#read(name, source)
  }

  /** Whoever waits for more looks again: something else happened. */
  poke(): void {
    this.#wake.resolve()
  }

  /** The next lines and marks; null when all have ended. Throws what one of them throws. */
  async take(signal: AbortSignal, isFirst: boolean): Promise<Told[] | null> {
    this.#throwIfFailed()
    if (this.#sources.size === 0) return null
    if ([...this.#sources.values()].every(({ held }) => held.length === 0)) await this.#wake.promise
    await wait(isFirst ? firstLookMs : lookMs, undefined, { signal })
    this.#wake = Promise.withResolvers()
    this.#throwIfFailed()
    const told = this.#inOrder()
    for (const [name, source] of this.#sources) this.#read(name, source)
    // What is held back is told when nothing older came meanwhile.
    if ([...this.#sources.values()].some(({ held }) => held.length > 0)) this.#wake.resolve()
    return told
  }

  #throwIfFailed(): void {
    if (this.#failure) throw this.#failure.error
  }

  /** Up to where the first of them ends that has said anything: what it says next may be older than the rest of the others. */
  #inOrder(): Told[] {
    const ends = [...this.#sources.values()].flatMap(({ held }) => held.at(-1)?.at ?? [])
    if (ends.length === 0) return []
    const until = ends.reduce((a, b) => (a < b ? a : b))
    const taken = [...this.#sources.values()].flatMap((source) => {
      const end = source.held.findLastIndex(({ at }) => at <= until) + 1
      return source.held.splice(0, end).map((item) => ({ item, source }))
    })
    const ordered = taken.sort((a, b) => (a.item.at < b.item.at ? -1 : a.item.at > b.item.at ? 1 : 0))
    return ordered.map(({ item, source }) => toldBy(source, item))
  }

  #read(name: string, source: Source): void {
    if (source.reading || source.held.length > 0) return
    source.reading = true
    source.parts.next().then(
      ({ done, value }) => {
        source.reading = false
        if (done) this.#sources.delete(name)
        else source.held = itemsOf(source, value)
        this.#wake.resolve()
      },
      (error: unknown) => {
        this.#sources.delete(name)
        this.#failure ??= { error }
        this.#wake.resolve()
      },
    )
  }

  async close(): Promise<void> {
    const sources = [...this.#sources.values()]
    this.#sources.clear()
    await Promise.allSettled(sources.map(async ({ parts }) => parts.return?.()))
  }
}

function itemsOf(source: Source, part: Part): Item[] {
  const items = part.type === 'mark' ? [{ at: part.at, mark: part }] : part.lines.map((line) => ({ at: line.at, line }))
  return items.map((item) => {
    if (item.at > source.reached) source.reached = item.at
    return { ...item, at: source.reached }
  })
}

function toldBy({ label, told }: Source, item: Item): Told {
  if ('mark' in item) return { mark: label === null ? item.mark : { ...item.mark, params: { ...item.mark.params, of: label } } }
  told(item.line)
  return { line: label === null ? item.line : { ...item.line, source: label } }
}
