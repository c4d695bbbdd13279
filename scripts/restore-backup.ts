// Behind `npm run restore`. Answers one line of JSON.
import { existsSync } from 'node:fs'
import { restoreBackup } from '../lib/database/backup/restore.ts'
import { checkKeys } from '../lib/database/keys.ts'
import { migrate } from '../lib/database/migrate.ts'
import { settings } from '../lib/settings.ts'
import { answerWithDatabase } from './steps/with-database.ts'

await answerWithDatabase(async () => {
  const { databaseUrl, keyFile } = settings()
  await migrate(databaseUrl)
  // On a machine where Portolan never ran there is no key yet, and a backup without secrets needs none.
  const keys = keyFile && !existsSync(keyFile) ? [] : settings().secretKeys.map(({ id }) => id)
  const rows = await restoreBackup(process.argv[2]!, {
    keys,
    keysAt: keyFile ?? 'PORTOLAN_SECRET_KEYS',
    replace: process.argv[3] === '--replace',
  })
  await checkKeys()
  return { rows }
})
