import { pool } from './lib/database/index.ts'
import { log } from './lib/log.ts'
import { settings } from './lib/settings.ts'
import { endWithSupervisor } from './lib/supervised.ts'
import { runSync } from './lib/sync/run.ts'

const stop = new AbortController()
const running = runSync(stop.signal)
running.catch((error: unknown) => {
  log().fatal({ err: error }, 'sync failed')
  process.exit(1)
})
log().info('sync is ready')

endWithSupervisor(async () => {
  stop.abort()
  await running
  await pool().end()
}, settings().shutdownGraceMs * 2)
