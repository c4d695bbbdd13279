import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keyRounds } from './key-rounds.ts'

function made(...options: string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'portolan-key-'))
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-f', join(directory, 'key'), ...options])
  const text = readFileSync(join(directory, 'key'), 'utf8')
  rmSync(directory, { recursive: true })
  return text
}

it('reads the rounds of a key that ssh-keygen made', () => {
  expect(keyRounds(made('-N', 'hunter2', '-a', '33'))).toBe(33)
  expect(keyRounds(made('-N', ''))).toBe(0)
})

it('finds none in what is no such key, nor in half of one', () => {
  const key = made('-N', 'hunter2')
  for (const text of ['', 'nonsense', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----'])
    expect(keyRounds(text)).toBe(0)
  const [first, second] = key.split('\n')
  expect(keyRounds(`${first}\n${second!.slice(0, 40)}\n-----END OPENSSH PRIVATE KEY-----`)).toBe(0)
})
