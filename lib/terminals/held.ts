import { randomUUID } from 'node:crypto'
import type { Via } from '../access/actor.ts'
import type { Reason } from '../model/reason.ts'
import { once } from '../once.ts'
import type { TerminalSession } from './session.ts'

/** Whose a terminal is, for as long as it is held: it ends with the rights of who opened it. */
export interface HeldTerminal {
  session: TerminalSession
  /** Resolves when its end is written down. */
  finished: Promise<void>
  userId: string
  via: Via
  environment: string
  namespace: string | null
}

/** Tells this process from one that ran at the same address before it. */
export const holderId = (): string => once('terminals.holder', () => randomUUID())

/** The terminals that live in this process, by their ids. */
export const heldTerminals = (): Map<string, HeldTerminal> => once('terminals.held', () => new Map<string, HeldTerminal>())

/** Ends all of them and waits until they have: this process goes. */
export async function endTerminals(reason: Reason): Promise<void> {
  const all = [...heldTerminals().values()]
  for (const { session } of all) session.end(reason)
  await Promise.all(all.map(({ finished }) => finished))
}
