import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { endpoints } from '../index.ts'
import { openApiOf } from './openapi.ts'

const redocly = join(import.meta.dirname, '../../../node_modules/.bin/redocly')

it('is valid, by the recommended rules of a linter', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'))
  try {
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(openApiOf(endpoints)))
    // The one example of a server is this very Portolan, so its URL is relative.
    const rules = '{"extends":["recommended"],"telemetry":"off"}'
    await writeFile(join(folder, 'redocly.yaml'), rules)
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    const lint = promisify(execFile)(redocly, ['lint', 'openapi.json', '--format=json'], { cwd: folder, env })
    const { stdout } = await lint.catch((failure: { stdout: string }) => failure)
    const { totals, problems } = JSON.parse(stdout) as {
      totals: { errors: number; warnings: number }
      problems: { ruleId: string; message: string; location: unknown }[]
    }
    expect(problems.map(({ ruleId, message, location }) => ({ ruleId, message, location }))).toEqual([])
    expect(totals).toMatchObject({ errors: 0, warnings: 0 })
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('has every endpoint with its parameters', () => {
  const document = openApiOf(endpoints) as unknown as {
    paths: Record<string, Record<string, { operationId: string; parameters?: { name: string; in: string }[] }>>
  }
  const described = endpoints.map(({ path, method }) => document.paths[path]?.[method.toLowerCase()]?.operationId)
  expect(described).toEqual(endpoints.map(({ operation }) => operation.name))
  expect(document.paths['/api/resources']?.get?.parameters?.map(({ name }) => name)).toContain('f')
})
