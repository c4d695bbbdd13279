// Behind `npm run backup`. Answers one line of JSON.
import { writeBackup } from '../lib/database/backup/write.ts'
import { settings } from '../lib/settings.ts'
import { answerWithDatabase } from './steps/with-database.ts'

await answerWithDatabase(async () => ({
  ...(await writeBackup(process.argv[2]!, new Date())),
  keysAt: settings().keyFile ?? 'PORTOLAN_SECRET_KEYS',
}))
