import { expect, test } from 'vitest'
import { readUserAgent } from './user-agent.ts'

test('the usual browsers are told apart', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  expect(readUserAgent(chrome)).toEqual({ browser: 'Chrome', system: 'Linux' })
  expect(readUserAgent(`${chrome} Edg/140.0.0.0`)).toEqual({ browser: 'Edge', system: 'Linux' })
  expect(
    readUserAgent('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15'),
  ).toEqual({
    browser: 'Safari',
    system: 'macOS',
  })
  expect(readUserAgent('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0')).toEqual({
    browser: 'Firefox',
    system: 'Windows',
  })
})

test('a phone is its own system, not the one it pretends to be', () => {
  expect(
    readUserAgent('Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36')
      ?.system,
  ).toBe('Android')
  expect(
    readUserAgent('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1')?.system,
  ).toBe('iOS')
})

test('what is no browser is not called one', () => {
  expect(readUserAgent('curl/8.5.0')).toBeNull()
})
