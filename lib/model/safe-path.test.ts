import { expect, it } from 'vitest'
import { safePath } from './safe-path.ts'

it.each([
  ['/environments/1/containers?q=web', '/environments/1/containers?q=web'],
  ['/', '/'],
  [null, '/'],
  ['', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['environments', '/'],
  ['/sign-in?callbackUrl=/', '/'],
])('%s → %s', (wanted, path) => expect(safePath(wanted)).toBe(path))
