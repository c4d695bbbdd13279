import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it, inject } from 'vitest'
import { embeddedMajor, findPrograms } from './folder.ts'
import { startEmbedded } from './index.ts'
import { findOwner } from './owner.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'portolan-embedded-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

it('brings the major version that is pinned, and the data folder says which one it was made by', async () => {
  const { postgres } = await findPrograms(dataDir, null)
  expect((await promisify(execFile)(postgres, ['--version'])).stdout).toMatch(new RegExp(`^postgres \\(PostgreSQL\\) ${embeddedMajor}\\.`))
  expect(readFileSync(join(inject('databaseDir'), 'database/PG_VERSION'), 'utf8').trim()).toBe(embeddedMajor)
})

it('says what to do with a database of another major version, and leaves it as it is', async () => {
  const folder = join(dataDir, 'database')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'PG_VERSION'), '17\n')
  const owner = await findOwner()
  if (owner) await promisify(execFile)('chown', ['-R', `${owner.uid}:${owner.gid}`, folder])
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/is one of PostgreSQL 17 and this Portolan brings PostgreSQL 18: run "npm run backup .*npm run restore/),
  })
  expect(readFileSync(join(folder, 'PG_VERSION'), 'utf8')).toBe('17\n')
})
