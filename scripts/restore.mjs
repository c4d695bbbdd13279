// `npm run restore -- FILE [--replace]`: puts back what `npm run backup` wrote, all of it or nothing.
import { resolve } from 'node:path'
import { askWithDatabase, command } from './steps/ask.mjs'
import { Problem, say } from './steps/say.mjs'

const args = process.argv.slice(2)
const named = args.find((one) => !one.startsWith('--'))

await command(async () => {
  if (!named) throw new Problem('Say which file to restore: npm run restore -- FILE')
  const file = resolve(process.env.INIT_CWD ?? '.', named)
  const { rows } = await askWithDatabase('scripts/restore-backup.ts', [file, ...(args.includes('--replace') ? ['--replace'] : [])])
  say(`✓ ${rows} rows are back from ${file}. Every session has ended; engines are read again once Portolan runs.`)
})
