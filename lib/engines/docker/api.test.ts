import { expect, it } from 'vitest'
import { chooseVersion } from './api.ts'

it.each([
  ['1.41', '1.12', '1.41'],
  ['1.40', '1.12', null],
  ['1.51', '1.24', '1.51'],
  ['1.60', '1.44', '1.56'],
  ['1.70', '1.60', '1.60'],
])('an engine of API %s (from %s on) is spoken to in %s', (newest, oldest, chosen) => expect(chooseVersion(newest, oldest)).toBe(chosen))
