// Between the database and the programs: migrations, keys, the link for the first administrator. Answers one line of JSON.
import { setTimeout as wait } from 'node:timers/promises'
import { resealEverything } from '../lib/access/rotate.ts'
import { createSetupLink } from '../lib/access/setup.ts'
import { pool } from '../lib/database/index.ts'
import { checkKeys } from '../lib/database/keys.ts'
import { migrate } from '../lib/database/migrate.ts'
import { isAppError } from '../lib/errors/index.ts'
import { settings } from '../lib/settings.ts'

const patienceMs = 30_000
/** A database that just starts, or changes hands, answers a little later. */
async function patiently<T>(run: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isAppError(error) || error.code !== 'unavailable' || Date.now() > deadline) throw error
      await wait(500)
    }
  }
}

try {
  const migrated = await patiently(() => migrate(settings().databaseUrl))
  await checkKeys()
  await resealEverything()
  const link = await createSetupLink()
  console.log(JSON.stringify({ migrated, setupToken: link?.token ?? null }))
  await pool().end()
} catch (error) {
  console.log(JSON.stringify({ problem: (error as Error).message }))
  if (!isAppError(error)) console.error(error)
  process.exit(1)
}
