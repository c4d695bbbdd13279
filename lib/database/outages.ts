import { once } from '../once.ts'

/** What keeps our database from being used. Each is a key under `reasons` in lib/i18n, with the parameter `since`. */
export type Outage = 'database-unavailable' | 'database-full' | 'database-crowded' | 'database-read-only'

/** Something of ours asks the database at least every 10 s: when nothing failed for so long, it was over in between. */
const overAfterMs = 30_000

interface Noted {
  since: number
  last: number
}

/** The outages that this process sees. */
const noted = () => once('database.outages', () => new Map<Outage, Noted>())

/** Something failed because of it. Answers since when it lasts, in ms since 1970. */
export function noteOutage(outage: Outage, now: number = Date.now()): number {
  const known = noted().get(outage)
  const since = known && now - known.last < overAfterMs ? known.since : now
  noted().set(outage, { since, last: now })
  return since
}

/** The database answered; whether it takes changes is not known by that. */
export function noteAnswer(): void {
  noted().delete('database-unavailable')
  noted().delete('database-crowded')
}
