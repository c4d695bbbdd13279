import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const promises = readFileSync(join(root, 'docs/status.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (promise|---)/.test(line) && !line.startsWith('|---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))

describe('docs/status.md', () => {
  test('says of each promise what proves it, or "not yet"', () => {
    const silent = promises.filter(([, promise, proof]) => promise && !/`[^`]+`|not yet/.test(proof ?? ''))
    expect(silent.map(([, promise]) => promise)).toEqual([])
  })

  test('names only files that exist', () => {
    const files = promises.flatMap(([, , proof]) => [...(proof ?? '').matchAll(/`([^`]+\/[^`]+)`/g)].map((match) => match[1]!))
    expect(files.length).toBeGreaterThan(20)
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })
})
