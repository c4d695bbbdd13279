// `npm run backup -- FILE`: everything that people made and did, without the inventory, which is read from the engines
// again, and without the keys. While Portolan runs or not.
import { resolve } from 'node:path'
import { askWithDatabase, command } from './steps/ask.mjs'
import { say } from './steps/say.mjs'

const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
// npm works in the folder of the checkout; the person may stand in another.
const file = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? `portolan-${stamp}.backup`)

await command(async () => {
  const { rows, keys, keysAt } = await askWithDatabase('scripts/make-backup.ts', [file])
  say(`✓ ${rows} rows are in ${file}, which only you can read. The inventory and its history are not in it.`)
  if (keys.length === 0) return say('There are no secrets in it.')
  say(`Its secrets stay sealed, and the key (${keys.join(', ')}) is not in it: keep ${keysAt} too, at another place. A restore needs both.`)
})
