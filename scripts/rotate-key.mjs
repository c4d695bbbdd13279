// `npm run rotate-key`: a new key seals from now on, and all that was sealed is sealed anew, while Portolan runs or not.
import { askWithDatabase, command } from './steps/ask.mjs'
import { say } from './steps/say.mjs'

await command(async () => {
  const { first, older, resealed, keysAt } = await askWithDatabase('scripts/make-key.ts', [])
  say(`✓ The key ${first} seals from now on; ${resealed} ${resealed === 1 ? 'environment was' : 'environments were'} sealed anew.`)
  if (older.length > 0)
    say(
      `Nothing in the database needs ${older.join(', ')} any more. Sessions and backups from before do: take it out of ${keysAt} once they may end.`,
    )
})
