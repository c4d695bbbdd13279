import { existsSync, readFileSync } from 'node:fs'

/** One test: its name, how it went, how long it took in ms. */
const none = []

function vitestTests(report) {
  const outcome = { passed: 'passed', failed: 'failed' }
  const tests = report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map((test) => ({
      name: `${test.fullName} (${file.split('/').slice(-1)[0]})`,
      outcome: outcome[test.status] ?? 'skipped',
      ms: test.duration ?? 0,
    })),
  )
  // A file that could not even be loaded has no tests to show for it.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return [...tests, ...broken.map((file) => ({ name: file.name, outcome: 'failed', ms: 0 }))]
}

function playwrightTests(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => ({
      name: `${spec.title} (${test.projectName}, ${spec.file})`,
      outcome: { expected: 'passed', flaky: 'passed', skipped: 'skipped' }[test.status] ?? 'failed',
      ms: test.results.reduce((sum, result) => sum + result.duration, 0),
    })),
  )
  return [...own, ...(suite.suites ?? []).flatMap(playwrightTests)]
}

/** The tests of a JSON report by Vitest or Playwright; none when there is no report. */
export function testsOf(file) {
  if (!existsSync(file)) return none
  const report = JSON.parse(readFileSync(file, 'utf8'))
  return report.testResults ? vitestTests(report) : playwrightTests(report)
}
