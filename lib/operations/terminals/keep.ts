import { actorAgain } from '../../access/index.ts'
import { isAppError } from '../../errors/index.ts'
import { log } from '../../log.ts'
import { verdictOf } from '../../model/rights.ts'
import { terminalRole } from '../../model/terminal.ts'
import { once } from '../../once.ts'
import { settings } from '../../settings.ts'
import { heldTerminals, type HeldTerminal } from '../../terminals/held.ts'
import { renewTerminals } from './rows.ts'

const retryMs = 1_000

async function renew(): Promise<void> {
  const held = heldTerminals()
  if (held.size === 0) return
  try {
    for (const id of await renewTerminals([...held.keys()])) held.get(id)?.session.end({ code: 'terminal-gone' })
  } catch (error) {
    // While the database is away nobody else can take them for lost either.
    log().warn({ error: (error as Error).message }, 'leases of terminals could not be renewed')
  }
}

/** Renews the leases of this process's terminals, from the first of them on. */
export const keepTerminals = (): void =>
  once('operations.keepTerminals', () => {
    setInterval(() => void renew(), settings().leaseRenewMs).unref()
  })

async function mayGoOn({ via, environment, namespace }: HeldTerminal): Promise<boolean> {
  const actor = await actorAgain(via)
  return actor !== null && verdictOf(actor.bindings, terminalRole, { environment, namespace }).allowed
}

async function recheck(held: HeldTerminal): Promise<void> {
  try {
    if (!(await mayGoOn(held))) held.session.end({ code: 'terminal-right-lost' })
  } catch (error) {
    if (!isAppError(error) || error.code !== 'unavailable') throw error
    setTimeout(() => void recheck(held), retryMs).unref()
  }
}

/** Ends every terminal of this process whose opener lost the right to it, or is not signed in any more. */
export function recheckTerminals(user?: string): void {
  for (const held of heldTerminals().values())
    if (user === undefined || held.userId === user)
      recheck(held).catch((error: unknown) => {
        log().error({ err: error }, 'the rights over a terminal could not be checked')
        held.session.end({ code: 'terminal-right-lost' })
      })
}
