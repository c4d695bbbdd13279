import { interruptExpired, renewActivities } from '../access/index.ts'
import { log } from '../log.ts'
import { once } from '../once.ts'
import { settings } from '../settings.ts'

/** What this process is doing now, by the activity's id. */
const running = (): Set<string> => once('operations.running', () => new Set<string>())

async function keep(): Promise<void> {
  try {
    await renewActivities([...running()])
    await interruptExpired()
  } catch (error) {
    // The lease lasts for three rounds; when the database is away for longer, what runs counts as interrupted.
    log().warn({ error: (error as Error).message }, 'leases of running activities could not be renewed')
  }
}

function start(): () => void {
  const timer = setInterval(() => void keep(), settings().leaseVoidMs)
  timer.unref()
  void keep()
  return () => clearInterval(timer)
}

/**
 * Renews the leases of what this process does, and marks what nobody does any more as interrupted. Every web process
 * calls it at its start; the answer ends it.
 */
export const keepActivities = (): (() => void) => once('operations.keepActivities', start)

/** Keeps an activity's lease for as long as `work` takes. */
export async function whileRunning<T>(id: string, work: () => Promise<T>): Promise<T> {
  keepActivities()
  running().add(id)
  try {
    return await work()
  } finally {
    running().delete(id)
  }
}
