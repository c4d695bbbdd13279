import { databaseNow } from '../../database/index.ts'
import { log } from '../../log.ts'
import { settings } from '../../settings.ts'
import { atOnce, refreshSessions } from './refresh.ts'

const lookEveryMs = 5_000

/** Keeps asking the provider about sessions, where there is one. Every web process calls it at its start; the answer ends it. */
export function keepOidcSessions(): () => void {
  const { oidc } = settings()
  if (!oidc) return () => undefined
  let timer: NodeJS.Timeout
  let ended = false
  const round = async () => {
    try {
      // Where there are more than are taken at once, the rest does not wait for the next look.
      for (let taken = atOnce; taken === atOnce;) taken = await refreshSessions(await databaseNow())
    } catch (error) {
      log().warn({ error: (error as Error).message }, 'sessions could not be refreshed')
    }
    if (!ended) timer = setTimeout(() => void round(), Math.min(lookEveryMs, oidc.refreshMs)).unref()
  }
  void round()
  return () => {
    ended = true
    clearTimeout(timer)
  }
}
