import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { serviceAccountToken } from './service-account.ts'

const folder = mkdtempSync(join(tmpdir(), 'portolan-account-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('a token that was written anew is used within a minute', async () => {
  let now = 0
  const token = serviceAccountToken(folder, () => now)
  await expect(token()).rejects.toMatchObject({ reason: { code: 'not-in-cluster' } })
  writeFileSync(join(folder, 'token'), 'first\n')
  expect(await token()).toBe('first')
  writeFileSync(join(folder, 'token'), 'second\n')
  now = 59_000
  expect(await token()).toBe('first')
  now = 60_000
  expect(await token()).toBe('second')
})
