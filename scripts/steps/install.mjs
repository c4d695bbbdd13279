import { join } from 'node:path'
import { compressAssets } from './compress.mjs'
import { fingerprint, makeIfChanged } from './fingerprint.mjs'
import { node, root, tool } from './root.mjs'
import { isDiskFull, run } from './run.mjs'
import { step } from './say.mjs'

function explainInstall(output) {
  if (isDiskFull(output)) return 'The disk is full: the packages could not be installed.'
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(output))
    return 'The packages could not be installed: the npm registry does not answer. Portolan needs it for its first start and after an update.'
  return `The packages could not be installed. npm says:\n${
    output
      .split('\n')
      .filter((line) => line.startsWith('npm error'))
      .slice(0, 20)
      .join('\n') || output.slice(-2_000)
  }`
}

// `npm ci` refuses a lockfile that lacks a binary package of some other platform; this installs the same versions, checked
// by the same hashes, and leaves the lockfile alone. Building needs what NODE_ENV=production would leave out.
const installing = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']

/** Installs the packages when the lockfile differs from what is installed. */
export const install = () =>
  makeIfChanged(
    'node_modules/.portolan-installed',
    fingerprint(['package.json', 'package-lock.json'], process.platform, process.arch),
    () => step('installing packages', () => run('npm', installing, { explain: explainInstall })),
  )

/** Writes Prisma's client when the schema changed. Its schema engine is a download that nothing here needs. */
export const generate = () =>
  makeIfChanged('lib/database/generated/.made-from', fingerprint(['prisma/schema.prisma', 'package-lock.json']), () =>
    step('generating the database client', () =>
      run(node, [tool('prisma/build/index.js'), 'generate'], {
        env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
        explain: (output) => `The database client could not be generated.\n${output.slice(-2_000)}`,
      }),
    ),
  )

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/steps/compress.mjs',
]

/** Builds the pages when their sources changed. */
export const build = () =>
  makeIfChanged('.next/made-from', fingerprint(sources), () =>
    step('building the pages', async () => {
      await run(node, [tool('next/dist/bin/next'), 'build'], {
        env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
        explain: (output) =>
          isDiskFull(output) ? 'The disk is full: the pages could not be built.' : `The pages could not be built.\n${output.slice(-4_000)}`,
      })
      await compressAssets(join(root, '.next/static'))
    }),
  )

/** Brings everything that running needs up to date. */
export async function makeReady({ pages }) {
  await install()
  await generate()
  if (pages) await build()
}
