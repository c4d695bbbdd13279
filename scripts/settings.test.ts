import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

async function ask(environment: Partial<Record<string, string>>): Promise<{ url: string; warnings: string[] }> {
  const env = { ...process.env, PORTOLAN_URL: '', HOST: '', PORT: '', ...environment }
  const { stdout } = await run(join(import.meta.dirname, '../node_modules/.bin/node'), [join(import.meta.dirname, 'settings.ts')], { env })
  return JSON.parse(stdout) as { url: string; warnings: string[] }
}

test.each([{ HOST: '192.168.1.5' }, { PORTOLAN_URL: 'http://portolan.example.org' }])(
  'plain http beyond this machine is warned of: %j',
  async (environment) => {
    expect((await ask(environment)).warnings).toEqual([expect.stringContaining('plain http')])
  },
)

test.each([{}, { PORTOLAN_URL: 'https://portolan.example.org' }, { PORTOLAN_URL: 'http://[::1]:3000' }])(
  '%j needs no warning',
  async (environment) => {
    expect((await ask(environment)).warnings).toEqual([])
  },
)
