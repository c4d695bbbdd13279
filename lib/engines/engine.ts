import type { z } from 'zod'
import type { ActionDescription, Category, Column, KindDescription } from '../model/kind.ts'
import type { Headroom } from '../model/headroom.ts'
import type { Document, Row, Summary } from '../model/resource.ts'
import type { Role } from '../model/role.ts'
import type { Section } from '../model/section.ts'
import type { LogFrame, LogLine, MetricSample } from '../model/stream.ts'
import type { TerminalMode, TerminalSize } from '../model/terminal.ts'

/**
 * The engine contract: the only thing the rest of the house knows of an engine.
 * Every method throws AppError and nothing else: `engine_unreachable`, `engine_timeout`, `engine_denied`,
 * `engine_failed`, `not_found`, `unsupported`, `invalid_input`; `act` also `conflict` and `blocked`. Every stream ends when
 * its signal does.
 */
export interface Engine {
  /** `docker`. */
  name: string
  /** The word for people: `Docker`. */
  title: string
  kinds: readonly Kind[]
  /** What a person enters to connect. `secrets` are encrypted at rest and never answered again. */
  connection: { settings: z.ZodType<ConnectionSettings>; secrets: z.ZodType<ConnectionSecrets> }
  /** Where it is, for people and without secrets: `unix:///var/run/docker.sock`. */
  addressOf(settings: ConnectionSettings): string
  /** Looks at this machine, touches nothing: what could be connected here. Never throws. */
  discover(signal: AbortSignal): Promise<Discovered[]>
  /**
   * What a file that somebody has for the engine's own tools leads to, as a kubeconfig does. Touches nothing: it is
   * untrusted text. Throws invalid_input for what is no such file. Left out: its tools have none.
   */
  readFile?(text: string): InFile[]
  /** `sealed` is what `sealSecrets` of lib/access made; only the engine's own connection opens it. */
  connect(settings: ConnectionSettings, sealed: Uint8Array | null): Connection
}

export type ConnectionSettings = Record<string, unknown>
export type ConnectionSecrets = Record<string, string>

export interface Discovered {
  settings: ConnectionSettings
  address: string
  /** Proposed name of the environment. */
  name: string
  /** What answered, or why nothing did. */
  probe: Probe | { error: import('../errors/index.ts').WireError }
}

/** One engine that a file leads to, or why Portolan does not follow it there. */
export type InFile = { name: string; address: string } & (
  | { settings: ConnectionSettings; secrets: ConnectionSecrets; refused: null }
  | { refused: import('../model/reason.ts').Reason }
)

export interface Probe {
  /** The engine's version in its own words: `20.10.24`. */
  version: string
  /** Stays the same when the address changes: the same engine twice is a conflict. */
  engineId: string
  hostName: string
  /** Figures worth showing before connecting: `{ containers: 23, images: 148 }`. */
  figures: Record<string, number>
  /** Round trip. */
  latencyMs: number
  /** Of an engine that is reached through a machine which proves by a key that it is itself. */
  hostKey?: HostKey
}

export interface HostKey {
  /** `SHA256:…`: what `settings.hostKey` pins. */
  fingerprint: string
  /** `ssh-ed25519`. */
  type: string
  /** False: the settings name no key yet, so any was taken; such a connection is tried, but not saved. */
  pinned: boolean
}

/** What became different. `complete` means: of this kind exactly these exist, all others are gone. */
export interface Batch {
  kind: string
  upserts: Observed[]
  /** Keys that are gone. */
  deletes: string[]
  complete: boolean
  /** Of a complete batch: keys that exist, too, because batches before it told them. A long list comes in parts. */
  earlier?: readonly string[]
  /** Where to go on after a restart; opaque to all but the engine. */
  cursor: string | null
}
export interface Observed {
  summary: Summary
  document: Document
}

/** An engine's event, kept as history: rows of the kind `docker/events`. */
export interface EngineEvent {
  at: string
  /** Of whom it speaks. */
  kind: string
  key: string
  name: string
  namespace: string | null
  /** The engine's own word: `die`, `oom`, `health_status`. */
  action: string
  severity: 'info' | 'warning' | 'error'
  /** The engine's attributes without secrets. */
  attributes: Record<string, string>
}

export type Followed =
  | { type: 'batch'; batch: Batch }
  | { type: 'events'; events: EngineEvent[] }
  /** It answers; `behind`: what happens there is not told at present. */
  | { type: 'alive'; behind: boolean }
  /** A kind that cannot be followed at present, and why; the others are. Null: from here on it is. */
  | { type: 'unfollowed'; kind: string; reason: import('../model/reason.ts').Reason | null }

export interface LogOptions {
  /** Show only lines from here on: an ISO 8601 instant. */
  since?: string
  /** How many last lines to begin with. */
  tail?: number
  follow: boolean
  stdout: boolean
  stderr: boolean
  /** The cursor of the last line a reader has: goes on behind it, repeats nothing. */
  cursor?: string
}
export type { LogFrame, LogLine, MetricSample }

export interface TerminalOptions {
  /** Of the life that the person saw. */
  uid: string
  mode: TerminalMode
  /** Of `exec`: program and arguments. Null: the best shell that exists there, found without running anything. */
  command: readonly string[] | null
  /** Null: as the engine does without it. */
  user: string | null
  workingDirectory: string | null
  size: TerminalSize
}
/** A program with a terminal, or the main one of a resource. */
export interface EngineTerminal {
  /** The program that runs; null of `attach`. */
  program: string | null
  /** Ends with the program. Who reads slowly holds the engine back. Throws as every stream does. */
  output: AsyncIterable<Uint8Array>
  /** False: not taken, for the program has not read what was written before. */
  write(bytes: Uint8Array): boolean
  resize(size: TerminalSize): Promise<void>
  /** How it ended, once `output` has. Rejects with the engine's failure when nobody can tell. */
  ended(): Promise<TerminalEnd>
  /** Lets go. What `exec` runs is told to end, what was attached to runs on. */
  close(): void
}
export interface TerminalEnd {
  /** `resource`: what it was in has ended, and the program with it. */
  what: 'program' | 'resource'
  exitCode: number | null
}

export interface ActionResult {
  /** The engine's own output, if any. */
  output?: string
}
export type Progress = (progress: { fraction: number | null; output?: string }) => void

/** One engine that is connected to. Holds sockets; `close()` ends them. */
export interface Connection {
  probe(signal: AbortSignal): Promise<Probe>
  /**
   * Lists each kind, then follows it for ever. Yields `alive` at least every 5 s while the engine answers.
   * Throws when it cannot go on: the caller waits and calls again with the last cursors.
   */
  follow(kinds: readonly string[], cursors: Record<string, string>, signal: AbortSignal): AsyncIterable<Followed>
  /** The live object in full, secrets hidden as in the inventory. */
  read(kind: string, key: string, signal: AbortSignal): Promise<Observed>
  /** What `action` would end, erase or cut off, as reasons; shown before an action that hurts. */
  consequences(kind: string, key: string, action: string, signal: AbortSignal): Promise<import('../model/reason.ts').Reason[]>
  /** `uid` is the precondition: another life under the same key is `conflict`. What the state of the object forbids is `blocked`. */
  act(
    request: { kind: string; key: string; uid: string; action: string; input: unknown },
    progress: Progress,
    signal: AbortSignal,
  ): Promise<ActionResult>
  logs(kind: string, key: string, options: LogOptions, signal: AbortSignal): AsyncIterable<LogFrame>
  metrics(kind: string, key: string, signal: AbortSignal): AsyncIterable<MetricSample>
  /**
   * Opens a terminal; `signal` ends the opening only. Also throws `conflict` for another life under the same key, and
   * `blocked` for what does not run or has no shell (reason `no-shell`).
   */
  terminal(kind: string, key: string, options: TerminalOptions, signal: AbortSignal): Promise<EngineTerminal>
  /** What the machine has and what the engine's things use of it. May take seconds; costs the engine something. */
  headroom(signal: AbortSignal): Promise<Headroom>
  close(): void
}

/** A kind: data and pure functions. Summarising is the engine's own affair, so it is not in here. */
export interface Kind {
  /** `docker/containers`. */
  name: string
  category: Category
  /** Left out: it stands alone. */
  section?: Section
  singular: string
  plural: string
  namespaced: boolean
  icon: string
  columns: readonly Column[]
  actions: readonly Action[]
  tabs: readonly string[]
  streams: KindDescription['streams']
  /** Of a kind with terminals: why none can be opened in the state of a row, as of an action. */
  terminalBlockedBy?: Action['blockedBy']
  keyFacts: readonly string[]
}

export interface Action extends Omit<ActionDescription, 'input'> {
  role: Role
  input: z.ZodType | null
  /** Looks at the row alone: a reason code under `blocked` in lib/i18n, or nothing. Asked for the button and again before acting. */
  blockedBy(row: Pick<Row, 'health' | 'state' | 'facts'>): string | undefined
}
