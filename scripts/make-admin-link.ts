// Behind `npm run admin-link`. Answers one line of JSON.
import { addressOfLink } from '../lib/access/links.ts'
import { createAdministratorLink } from '../lib/access/setup.ts'
import { pool } from '../lib/database/index.ts'
import { isAppError } from '../lib/errors/index.ts'
import { settings } from '../lib/settings.ts'

try {
  const { token } = await createAdministratorLink()
  console.log(JSON.stringify({ link: addressOfLink(token), hours: settings().setupLinkHours }))
  await pool().end()
} catch (error) {
  const away = isAppError(error) && error.code === 'unavailable'
  const wayOut = away ? ' Portolan must be running, with the same settings: npm start in one terminal, this in another.' : ''
  console.log(JSON.stringify({ problem: `${(error as Error).message}${wayOut}` }))
  process.exit(1)
}
