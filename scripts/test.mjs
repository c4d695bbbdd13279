// `npm test`: everything, in the order in which it fails soonest. Its last line is `N passed, N failed`.
//   --only types,unit,e2e   runs only these stages (and what they need)
//   --files <pattern>       hands a pattern to Vitest and Playwright
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, generate, install } from './steps/install.mjs'
import { findChromium, hasPostgres15, prepareMachine } from './steps/machine.mjs'
import { testsOf } from './steps/reports.mjs'
import { node, root, tool } from './steps/root.mjs'
import { say } from './steps/say.mjs'
import { show, Stages } from './steps/stage.mjs'

const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const only = option('--only')?.split(',')
const files = option('--files')
const wanted = (name) => !only || only.includes(name)
const inCI = process.env.CI === 'true'

const stages = new Stages()
const reports = mkdtempSync(join(tmpdir(), 'portolan-reports-'))
const reportOf = (name) => join(reports, `${name}.json`)
// Tests of Node see Node 24 first, as they do under `npm run`.
const env = { PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, NEXT_TELEMETRY_DISABLED: '1' }
const run = (path, ...args) => show(node, [tool(path), ...args], env)

const vitest = (project) =>
  run(
    'vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(project)}`,
    ...(files ? [files] : []),
  )

function onPostgres15() {
  if (!hasPostgres15() && !inCI) return stages.skip('postgres-15', 'there is no PostgreSQL 15 (Debian: apt-get install postgresql-15)')
  return stages.run('postgres-15', () => vitest('postgres-15'))
}

function playwright() {
  const chromium = findChromium()
  if (!chromium && !inCI)
    return stages.skip('e2e', 'there is no Chromium (Debian: apt-get install chromium; elsewhere set PORTOLAN_CHROMIUM)')
  return stages.run('e2e', () =>
    show(node, [tool('@playwright/test/cli.js'), 'test', ...(files ? [files] : [])], {
      ...env,
      PORTOLAN_CHROMIUM: chromium ?? '',
      PLAYWRIGHT_JSON_OUTPUT_NAME: reportOf('e2e'),
    }),
  )
}

const checks = [
  ['types', () => run('typescript/bin/tsc', '--noEmit')],
  ['lint', () => run('oxlint/bin/oxlint', '--deny-warnings')],
  ['format', () => run('oxfmt/bin/oxfmt', '--check')],
  ['unused code', () => run('knip/bin/knip.js')],
  ['contrast', () => show(node, ['scripts/contrast.mjs'])],
  ['unit', () => vitest('unit')],
]

/** What is built already is no failure. */
const makePages = async () => {
  await build()
}

async function runStages() {
  const ready = await stages.run('packages', async () => {
    await install()
    await generate()
  })
  if (!ready) return
  if (wanted('integration') || wanted('postgres-15') || wanted('e2e')) await stages.run('machine', prepareMachine)
  for (const [name, check] of checks) if (wanted(name)) await stages.run(name, check)
  // What starts Portolan as a whole needs the pages.
  const built = (wanted('build') || wanted('integration') || wanted('e2e')) && (await stages.run('build', makePages))
  if (wanted('integration')) await stages.run('integration', () => vitest('integration'))
  if (wanted('postgres-15')) await onPostgres15()
  if (built && wanted('e2e')) await playwright()
}

function slowest(tests) {
  say('\nThe ten slowest tests')
  for (const { name, ms } of [...tests].sort((a, b) => b.ms - a.ms).slice(0, 10)) say(`  ${(ms / 1000).toFixed(2).padStart(7)} s  ${name}`)
}

await runStages()
const tests = ['unit', 'integration', 'postgres-15', 'e2e'].flatMap((name) => testsOf(reportOf(name)))
rmSync(reports, { recursive: true, force: true })
const count = (outcome) => tests.filter((test) => test.outcome === outcome).length
stages.report()
if (tests.length > 0) slowest(tests)
const failedTests = count('failed')
// A stage that failed without a failing test to show for it counts as one failure.
const testStages = new Set(['unit', 'integration', 'postgres-15', 'e2e'])
const failed = failedTests + stages.failed.filter((name) => !testStages.has(name) || failedTests === 0).length
const skipped = count('skipped')
if (failed > 0) {
  say(`\nFailed: ${stages.failed.join(', ')}`)
  for (const { name } of tests.filter((test) => test.outcome === 'failed')) say(`  ✗ ${name}`)
}
say(`\n${count('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 ? 1 : 0)
