// Holds the embedded PostgreSQL: says on stdout when it answers, ends it when this program is told to end.
import { startEmbedded } from '../lib/database/embedded/index.ts'
import { isAppError } from '../lib/errors/index.ts'
import { log } from '../lib/log.ts'
import { settings } from '../lib/settings.ts'
import { endWithSupervisor } from '../lib/supervised.ts'

const stopWithinMs = 40_000

try {
  const database = await startEmbedded({ dataDir: settings().dataDir, onLog: (line) => log().debug({ line }, 'postgresql') })
  let stopping = false
  endWithSupervisor(() => {
    stopping = true
    return database.stop()
  }, stopWithinMs)
  log().info(
    { event: 'ready', pid: database.pid, adopted: database.adopted },
    database.adopted ? 'the running PostgreSQL was adopted' : 'PostgreSQL is ready',
  )
  await database.ended
  if (!stopping) {
    log().fatal('PostgreSQL ended by itself')
    process.exit(1)
  }
} catch (error) {
  log().fatal(isAppError(error) ? { event: 'explained', details: error.details } : { err: error }, (error as Error).message)
  process.exit(1)
}
