import { NextRequest } from 'next/server'
import { expect, it } from 'vitest'
import { proxy } from './proxy.ts'

const headersOf = (path: string) => proxy(new NextRequest(`http://localhost:3000${path}`)).headers

it('what the page behind the one-time link loads never learns the link', () => {
  expect(headersOf('/setup?token=abc').get('referrer-policy')).toBe('no-referrer')
  expect(headersOf('/sign-in').get('referrer-policy')).toBe('same-origin')
})

it('each page has a nonce of its own, and runs nothing without it', () => {
  const [one, two] = [headersOf('/').get('content-security-policy'), headersOf('/').get('content-security-policy')]
  expect(one).toMatch(/script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic';/)
  expect(one).not.toBe(two)
})
