// `npm run check`: types, lint, format and unit tests, for use while writing.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './steps/root.mjs'

const { status } = spawnSync(process.execPath, [join(root, 'scripts/test.mjs'), '--only', 'types,lint,format,unit'], { stdio: 'inherit' })
process.exit(status ?? 1)
