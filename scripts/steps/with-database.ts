import { startEmbedded } from '../../lib/database/embedded/index.ts'
import { pool } from '../../lib/database/index.ts'
import { isAppError } from '../../lib/errors/index.ts'
import { embeddedDatabaseUrl, settings } from '../../lib/settings.ts'

async function withDatabase(work: () => Promise<object>): Promise<object> {
  const { dataDir, databaseUrl } = settings()
  const embedded = databaseUrl === embeddedDatabaseUrl(dataDir) ? await startEmbedded({ dataDir }) : null
  try {
    return await work()
  } finally {
    await pool().end()
    if (embedded && !embedded.adopted) await embedded.stop()
  }
}

/**
 * Does something with the database, and ends this program with one line of JSON: what it answers, or a problem in words.
 * The embedded one is started, and ended, when it does not run.
 */
export async function answerWithDatabase(work: () => Promise<object>): Promise<never> {
  try {
    console.log(JSON.stringify(await withDatabase(work)))
    process.exit(0)
  } catch (error) {
    console.log(JSON.stringify({ problem: (error as Error).message }))
    if (!isAppError(error)) console.error(error)
    process.exit(1)
  }
}
