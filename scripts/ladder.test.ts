import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
let house: string

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'portolan-ladder-'))
  mkdirSync(join(house, 'lib/engines/docker'), { recursive: true })
  mkdirSync(join(house, 'lib/engines/other'), { recursive: true })
  for (const file of ['oxlint.config.ts', 'scripts/ladder.ts', 'package.json']) cpSync(join(root, file), join(house, file))
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
})
afterAll(() => rmSync(house, { recursive: true, force: true }))

/** What the linter says to one file with one import. */
function lint(file: string, specifier: string): string {
  mkdirSync(dirname(join(house, file)), { recursive: true })
  writeFileSync(join(house, file), `import { x } from '${specifier}'\n\nexport const y = x\n`)
  try {
    return execFileSync(join(root, 'node_modules/.bin/node'), ['node_modules/oxlint/bin/oxlint', file], { cwd: house, encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

describe('the import ladder', () => {
  it.each([
    ['lib/model/x.ts', '../database/index.ts'],
    ['lib/model/x.ts', '#lib/settings.ts'],
    ['lib/settings.ts', './database/index.ts'],
    ['lib/database/x.ts', '../access/index.ts'],
    ['lib/inventory/sql/x.ts', '../../operations/index.ts'],
    ['lib/sync/x.ts', '../operations/index.ts'],
    ['lib/engines/docker/x.ts', '../other/x.ts'],
    ['lib/operations/x.ts', '#lib/engines/docker/x.ts'],
    ['lib/inventory/x.ts', '../database/generated/client.ts'],
    ['lib/access/x.ts', 'next/headers'],
    ['lib/client/x.ts', '../settings.ts'],
    ['components/home/x.tsx', '#lib/access/index.ts'],
    ['components/home/x.tsx', '#app/page.tsx'],
    ['components/ui/x.tsx', '#lib/model/health.ts'],
    ['components/ui/x.tsx', '../shell/x.tsx'],
    ['app/page.tsx', '#lib/database/index.ts'],
  ])('refuses %s importing %s', (file, specifier) => expect(lint(file, specifier)).toContain('no-restricted-imports'))

  it.each([
    ['lib/operations/x.ts', '../inventory/index.ts'],
    ['lib/engines/docker/kinds/x.ts', '../../../errors/index.ts'],
    ['lib/live/x.ts', '#lib/operations/index.ts'],
    ['components/home/x.tsx', '#components/ui/button.tsx'],
    ['components/ui/x.tsx', './button.tsx'],
    ['app/page.tsx', '#lib/operations/index.ts'],
  ])('lets %s import %s', (file, specifier) => expect(lint(file, specifier)).not.toContain('no-restricted-imports'))
})
