import { join } from 'node:path'

const variable = 'PORTOLAN_E2E'

/** The administrator that the first run makes. */
export const account = { name: 'Ada Lovelace', login: 'ada', password: 'a lighthouse at noon' } as const
/** What the first run calls the dockerd of the specs. */
export const environmentName = 'harbour'
/** Where the first run leaves the administrator's session. */
export const signedIn = join(import.meta.dirname, '../test-results/signed-in.json')

/** The running Portolan that the specs look at. */
export interface RunningPortolan {
  url: string
  /** Makes the first administrator; works once. */
  setupLink: string
  dataDir: string
  /** The socket of the real dockerd; null where none can run, and then its specs are skipped. */
  dockerSocket: string | null
  /** Of `npm start`. */
  pid: number
}

/** Playwright hands the environment of its global setup on to its workers. */
export function handOver(running: RunningPortolan): void {
  process.env[variable] = JSON.stringify(running)
}

export function portolan(): RunningPortolan {
  const value = process.env[variable]
  if (!value) throw new Error('Portolan was not started; run these specs with `npm run e2e`.')
  return JSON.parse(value) as RunningPortolan
}
