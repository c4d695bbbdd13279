// `npm run admin-link`: for whoever runs the server and is locked out. Prints a one-time link for one more administrator.
import { ask, command } from './steps/ask.mjs'
import { say } from './steps/say.mjs'

await command(async () => {
  const { link, hours } = await ask('scripts/make-admin-link.ts')
  say(`Open this within ${hours} h to make an account that administers Portolan; it works once:\n  ${link}`)
})
