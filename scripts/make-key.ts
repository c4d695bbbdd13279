// Behind `npm run rotate-key`. Answers one line of JSON.
import { resealEverything } from '../lib/access/rotate.ts'
import { addKey, checkKeys } from '../lib/database/keys.ts'
import { migrate } from '../lib/database/migrate.ts'
import { settings } from '../lib/settings.ts'
import { answerWithDatabase } from './steps/with-database.ts'

await answerWithDatabase(async () => {
  const { databaseUrl, keyFile } = settings()
  await migrate(databaseUrl)
  await checkKeys()
  // Keys that came as a setting are changed there, and every program has them before this one runs.
  if (keyFile) addKey(keyFile)
  await checkKeys()
  let resealed = 0
  // Once more, for what was being sealed under the older key when the new one came.
  for (let more = -1; more !== 0; resealed += more) more = await resealEverything()
  const [first, ...older] = settings().secretKeys.map(({ id }) => id)
  return { first, older, resealed, keysAt: keyFile ?? 'PORTOLAN_SECRET_KEYS' }
})
