import { log } from './log.ts'
import { settings } from './settings.ts'

/**
 * Ends this program cleanly when it is told to (SIGTERM, SIGINT) or when the supervisor at the other end of its stdin
 * is gone. Only `npm start` holds such a pipe.
 */
export function endWithSupervisor(shutDown: () => Promise<void>, atMostMs: number): void {
  let ending = false
  const end = (why: string) => {
    if (ending) return
    ending = true
    log().info({ why }, 'ending')
    setTimeout(() => process.exit(1), atMostMs).unref()
    shutDown().then(
      () => process.exit(0),
      (error: unknown) => {
        log().error({ err: error }, 'this program did not end cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGINT', () => end('SIGINT'))
  if (!settings().supervised) return
  process.stdin.on('end', () => end('the supervisor is gone'))
  process.stdin.on('error', () => end('the supervisor is gone'))
  process.stdin.resume()
}
