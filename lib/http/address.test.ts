import { describe, expect, it } from 'vitest'
import { addressOf, callerAddress, isLocalCaller, stampAddress, within } from './address.ts'

describe('the caller’s address', () => {
  const isTrusted = within(['10.0.0.0/8', '192.0.2.7', 'fd00::/8'])

  it('is the socket’s when it is not that of a trusted proxy, whatever the caller says', () => {
    expect(callerAddress('1.1.1.1', '9.9.9.9', isTrusted)).toBe('9.9.9.9')
    expect(callerAddress('1.1.1.1', '10.0.0.1', within([]))).toBe('10.0.0.1')
  })

  it.each([
    ['6.6.6.6, 1.1.1.1', '10.0.0.1', '1.1.1.1'],
    ['6.6.6.6, 1.1.1.1, 192.0.2.7', '::ffff:10.0.0.1', '1.1.1.1'],
    ['10.6.6.6, 1.1.1.1, 10.0.0.2', '10.0.0.1', '1.1.1.1'],
    ['6.6.6.6, 1.1.1.1:5012', 'fd00::1', '1.1.1.1'],
    ['6.6.6.6, [2001:db8::1]:443', 'fd00::1', '2001:db8::1'],
  ])('of %j from %s is what the outermost trusted proxy saw; what stands left of it can be made up', (chain, socket, caller) => {
    expect(callerAddress(chain, socket, isTrusted)).toBe(caller)
  })

  it.each([undefined, '', 'unknown', '6.6.6.6, nonsense', '6.6.6.6,'])('is the proxy’s where it names none: %j', (chain) => {
    expect(callerAddress(chain, '10.0.0.1', isTrusted)).toBe('10.0.0.1')
  })
})

const stamped = (headers: Record<string, string>, remoteAddress: string): Headers => {
  const request = { headers: { ...headers }, socket: { remoteAddress } }
  stampAddress(request as unknown as Parameters<typeof stampAddress>[0], within([]))
  return new Headers(request.headers)
}

describe('a stamp', () => {
  it('leaves nothing of what anybody can write about where a request comes from', () => {
    const headers = stamped(
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-real-ip': '1.1.1.1', host: 'a' },
      '9.9.9.9',
    )
    expect([...headers.keys()].toSorted()).toEqual(['host', 'x-portolan-address', 'x-portolan-forwarded'])
  })

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
