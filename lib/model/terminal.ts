import type { Reason } from './reason.ts'
import type { Role } from './role.ts'

/** `exec` runs a program beside the main one, `attach` joins the main one. */
export type TerminalMode = 'exec' | 'attach'

/** What a terminal needs where it is opened, and to watch it. */
export const terminalRole: Role = 'operator'

/** In characters. */
export interface TerminalSize {
  columns: number
  rows: number
}
export const largestTerminal: TerminalSize = { columns: 500, rows: 200 }
/** Lines above the screen that are kept for whoever comes back. */
export const terminalLines = 1_000
/** Characters that are typed or pasted at once at most. */
export const longestInput = 8 * 1024

/** Who looks at a terminal. Only who opened it types. */
export interface Watcher {
  userId: string
  name: string
  types: boolean
}

/** What the channel `terminal` sends. */
export type TerminalFrame =
  /** Draws everything anew: the screen and the lines above it. First of all frames, and whenever a watcher fell behind. */
  | { type: 'screen'; text: string; size: TerminalSize; types: boolean }
  | { type: 'output'; text: string }
  | { type: 'size'; size: TerminalSize }
  | { type: 'people'; people: Watcher[] }
  /** The last one: why it ended, a key under `reasons` in lib/i18n, and what was behind it. */
  | { type: 'ended'; reason: Reason; cause?: Reason }

/** What a browser says on that channel; of who only watches nothing is taken. */
export type TerminalInput = { type: 'input'; text: string } | { type: 'size'; size: TerminalSize } | { type: 'end' }

/** A terminal as lists tell of it. Instants are ISO 8601. */
export interface TerminalRow {
  id: string
  environment: string
  kind: string
  key: string
  /** The name of what it is in. */
  name: string
  userId: string
  userName: string
  mode: TerminalMode
  /** Null of `attach`. */
  program: string | null
  openedAt: string
}
