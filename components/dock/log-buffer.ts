import type { LogFrame, LogLine } from '#lib/model/stream.ts'
import { plainText } from './ansi.ts'

export type LogItem = { type: 'line'; line: LogLine } | Extract<LogFrame, { type: 'mark' }>

/** What of the log is shown; marks always are. */
export interface LogFilter {
  stdout: boolean
  stderr: boolean
  search: string
}
export const showAll: LogFilter = { stdout: true, stderr: true, search: '' }

/** A tenth more than the bound is let in before the top is cut, so that the cut is rare and cheap. */
const slack = 0.1

/**
 * The lines at hand, oldest first. An item keeps its number for life: the first ever is 0, and `cut` is the number of the
 * oldest still held. What is shown and what is found are kept as numbers and grown with every push, never searched anew.
 */
export class LogBuffer {
  readonly #capacity: number
  #items: LogItem[] = []
  #shown: number[] = []
  #matches: number[] = []
  #filter: LogFilter = showAll
  #listeners = new Set<() => void>()
  /** Of the items held. */
  #lines = 0
  #linesCut = 0
  /** How many items were cut at the top. */
  cut = 0
  /** Where to go on after the connection was lost. */
  cursor: string | undefined
  /** Grows with every change; what a view depends on. */
  version = 0

  constructor(capacity = 100_000) {
    this.#capacity = capacity
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes frames in. `hold` keeps the top while somebody reads there, up to twice the bound. */
  push(frames: readonly LogFrame[], hold = false): void {
    for (const frame of frames) {
      if (frame.type === 'mark') this.#add(frame)
      else {
        for (const line of frame.lines) this.#add({ type: 'line', line })
        this.cursor = frame.cursor
      }
    }
    const bound = hold ? this.#capacity * 2 : this.#capacity
    if (this.#items.length > bound * (1 + slack)) this.#cutTo(bound)
    this.#changed()
  }

  /** Forgets the lines and goes on behind them. */
  empty(): void {
    this.#items = []
    this.#shown = []
    this.#matches = []
    this.cut = 0
    this.#lines = 0
    this.#linesCut = 0
    this.#changed()
  }

  /** Forgets everything: the log is read anew. */
  clear(): void {
    this.cursor = undefined
    this.empty()
  }

  get filter(): LogFilter {
    return this.#filter
  }
  set filter(filter: LogFilter) {
    this.#filter = filter
    this.#shown = []
    this.#matches = []
    for (let i = 0; i < this.#items.length; i++) this.#index(this.cut + i, this.#items[i]!)
    this.#changed()
  }

  /** How many items are held, shown or not: lines and marks. */
  get size(): number {
    return this.#items.length
  }
  /** How many lines are held, shown or not. */
  get lines(): number {
    return this.#lines
  }
  /** How many lines were cut at the top. */
  get linesCut(): number {
    return this.#linesCut
  }
  /** Numbers of the items shown, in order. */
  get shown(): readonly number[] {
    return this.#shown
  }
  /** Numbers of the lines in which the search is found, in order. */
  get matches(): readonly number[] {
    return this.#matches
  }
  item(number: number): LogItem | undefined {
    return this.#items[number - this.cut]
  }

  #add(item: LogItem): void {
    this.#items.push(item)
    if (item.type === 'line') this.#lines++
    this.#index(this.cut + this.#items.length - 1, item)
  }
  #index(number: number, item: LogItem): void {
    if (item.type === 'line' && !this.#filter[item.line.stream]) return
    this.#shown.push(number)
    if (item.type === 'line' && this.#filter.search && found(item.line.text, this.#filter.search)) this.#matches.push(number)
  }
  #cutTo(bound: number): void {
    const gone = this.#items.length - bound
    const lines = countLines(this.#items, gone)
    this.#lines -= lines
    this.#linesCut += lines
    this.#items = this.#items.slice(gone)
    this.cut += gone
    this.#shown = this.#shown.slice(placeOf(this.#shown, this.cut))
    this.#matches = this.#matches.slice(placeOf(this.#matches, this.cut))
  }
  #changed(): void {
    this.version++
    for (const listener of this.#listeners) listener()
  }
}

function countLines(items: readonly LogItem[], end: number): number {
  let count = 0
  for (let i = 0; i < end; i++) if (items[i]!.type === 'line') count++
  return count
}

const found = (text: string, search: string): boolean => plainText(text).toLowerCase().includes(search.toLowerCase())

/** Where in sorted `numbers` the first one not below `number` stands. */
export function placeOf(numbers: readonly number[], number: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < number) low = middle + 1
    else high = middle
  }
  return low
}

/** Cuts text where the search is found: every second piece is a match. */
export function splitMatches(text: string, search: string): string[] {
  if (!search) return [text]
  const pieces: string[] = []
  const folded = text.toLowerCase()
  const wanted = search.toLowerCase()
  let from = 0
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length))
    from = at + wanted.length
  }
  return [...pieces, text.slice(from)]
}
