import { describe, expect, it } from 'vitest'
import { addressOf, callerAddress, isLocalCaller, stampAddress } from './address.ts'

describe('the caller’s address', () => {
  it('is the socket’s when no proxy is trusted, whatever the caller says', () => {
    expect(callerAddress('1.1.1.1', '9.9.9.9', 0)).toBe('9.9.9.9')
  })

  it('is what the outermost trusted proxy saw; what stands left of it can be made up', () => {
    expect(callerAddress('6.6.6.6, 1.1.1.1', '10.0.0.1', 1)).toBe('1.1.1.1')
    expect(callerAddress('6.6.6.6, 1.1.1.1, 10.0.0.2', '10.0.0.1', 2)).toBe('1.1.1.1')
    expect(callerAddress(undefined, '10.0.0.1', 2)).toBe('10.0.0.1')
  })
})

const stamped = (headers: Record<string, string>, remoteAddress: string): Headers => {
  const request = { headers: { ...headers }, socket: { remoteAddress } }
  stampAddress(request as unknown as Parameters<typeof stampAddress>[0], 0)
  return new Headers(request.headers)
}

describe('a stamp', () => {
  it('overwrites one from outside', () => {
    expect(addressOf(stamped({ 'x-portolan-address': '127.0.0.1' }, '9.9.9.9'))).toBe('9.9.9.9')
  })

  it('takes a program of this machine for local, but nobody for whom a proxy speaks', () => {
    expect(isLocalCaller(stamped({}, '127.0.0.1'))).toBe(true)
    expect(isLocalCaller(stamped({}, '::ffff:127.0.0.1'))).toBe(true)
    expect(isLocalCaller(stamped({}, '10.0.0.1'))).toBe(false)
    expect(isLocalCaller(stamped({ 'x-forwarded-for': '1.1.1.1' }, '127.0.0.1'))).toBe(false)
    expect(isLocalCaller(stamped({ forwarded: 'for=1.1.1.1' }, '127.0.0.1'))).toBe(false)
    expect(isLocalCaller(new Headers())).toBe(false)
  })
})
