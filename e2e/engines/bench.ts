import type { Connection, Engine, Observed } from '../../lib/engines/engine.ts'

/** A secret that a test plants where secrets are, and looks for everywhere else. */
export const canary = 'canary-5b1e-hunter2'

/** What a test does to an engine behind Portolan's back, and what it may ask of each kind. */
export interface Bench {
  connect(): Connection
  restart(): Promise<void>
  stop(): Promise<void>
  /** Makes one of the kind with terminals whose main program is a shell with a terminal. */
  mainProgram(name: string): Promise<void>
  /** Makes one of the kind with terminals that does not run. */
  asleep(name: string): Promise<void>
  /** Its specimen has the canary wherever one of the kind has secrets; how its document tells of one. */
  secretive: { kind: string; hidden: RegExp }
  /** Its specimen is there when the engine is back, and how it is then: the code of its state. */
  survivor: { kind: string; stateAfter: string }
  /** What the schema of an action refuses. */
  refused: { kind: string; action: string; input: unknown }
  /** Whether a terminal's program may be run as somebody, and somewhere. */
  terminalAs: boolean
  /** What of its headroom it can tell. */
  measures: { usage: boolean; disk: boolean }
  specimens: Record<string, Specimen>
}
export interface Specimen {
  /** What a name of this kind looks like, when not every name will do. */
  named?(name: string): string
  make(name: string): Promise<void>
  destroy(name: string): Promise<void>
  /** For each action: makes one on which it is possible; with `blocked`, one on which it is not. */
  actions: Record<
    string,
    {
      prepare(name: string): Promise<void>
      input?: unknown
      done(after: Observed | null): boolean
      blocked?: (name: string) => Promise<void>
    }
  >
}

/** An engine as the contract asks it: one of its releases. */
export interface Candidate {
  title: string
  /** Why it cannot be started here. */
  missing: string | null
  start(engine: Engine): Promise<Bench>
  /** What of the contract it does not keep yet. */
  without?: readonly 'nothing left running'[]
}
