import { describe, expect, it } from 'vitest'
import { formatAge, formatBytes, formatNumber, formatPercent, formatUtc } from './format.ts'

describe('formatBytes', () => {
  it.each([
    [0, 'en', 'decimal', '0 B'],
    [999, 'en', 'decimal', '999 B'],
    [1000, 'en', 'decimal', '1 kB'],
    [999_999, 'en', 'decimal', '1 MB'],
    [148_000_000, 'en', 'decimal', '148 MB'],
    [511 * 2 ** 20, 'en', 'binary', '511 MiB'],
    [1.5 * 2 ** 30, 'fr', 'binary', '1,5 Gio'],
    [212_400_000_000, 'fr', 'decimal', '212 Go'],
    [12_340_000, 'en', 'decimal', '12.3 MB'],
  ] as const)('%d %s %s → %s', (bytes, locale, kind, text) => {
    expect(formatBytes(bytes, locale, kind)).toBe(text.replace(' ', '\u00a0'))
  })
})

describe('formatAge', () => {
  it.each([
    [-5000, 'en', '0 s'],
    [4000, 'en', '4 s'],
    [59_999, 'en', '59 s'],
    [60_000, 'en', '1 min'],
    [23 * 60_000, 'fr', '23 min'],
    [3 * 86_400_000, 'en', '3 d'],
    [3 * 86_400_000, 'fr', '3 j'],
    [400 * 86_400_000, 'en', '1 y'],
  ] as const)('%d ms in %s → %s', (age, locale, text) => {
    expect(formatAge(age, locale)).toBe(text.replace(' ', '\u00a0'))
  })
})

it('writes numbers, shares and instants', () => {
  expect(formatNumber(12_480, 'en')).toBe('12,480')
  expect(formatNumber(12_480, 'fr')).toBe('12\u202f480')
  expect(formatPercent(0.62, 'en')).toBe('62\u00a0%')
  expect(formatUtc(new Date('2026-11-21T14:06:12.345Z'))).toBe('2026-11-21 14:06:12 UTC')
})
