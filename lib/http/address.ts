import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { once } from '../once.ts'
import { settings } from '../settings.ts'

/** The header in which server.ts hands the caller's address on; one that came from outside is overwritten. */
const addressHeader = 'x-portolan-address'
/** Set when a proxy stood between: then a loopback address says nothing about who asks. */
const forwardedHeader = 'x-portolan-forwarded'
/** What anybody can write: from here on only our own two headers speak of where a request comes from. */
const isForwarded = (name: string): boolean => /^(x-forwarded-.*|forwarded|x-real-ip|via)$/.test(name)
/** What Next says to itself from one of its parts to another. */
const isInner = (name: string): boolean => /^x-(middleware|invoke|matched|nextjs)-/.test(name)

/** An address as others write it, without brackets, port, or the prefix of IPv4 in IPv6. */
export const plainAddress = (text: string): string =>
  text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$|^(\d+(?:\.\d+){3}):\d+$/, '$1$3')
    .replace(/^::ffff:(?=\d+\.)/i, '')

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Whether an address is one of `networks`: addresses, or networks as `10.0.0.0/8`. */
export function within(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    if (bits === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(bits), family(address))
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address))
}

export const isTrustedProxy = () => once('http.trusted-proxies', () => within(settings().trustedProxies))

/**
 * The caller's address: that of the socket or, where it is a trusted proxy's, the one that this proxy saw, and so on.
 * What stands left of it in X-Forwarded-For can be made up by anybody.
 */
export function callerAddress(forwardedFor: string | undefined, socketAddress: string, isTrusted: (address: string) => boolean): string {
  const chain = (forwardedFor ?? '').split(',').map(plainAddress)
  let address = plainAddress(socketAddress)
  while (isTrusted(address) && isIP(chain.at(-1) ?? '')) address = chain.pop()!
  return address
}

/** server.ts calls it for every request and upgrade, before anything else sees the headers. */
export function stampAddress({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, isTrusted = isTrustedProxy()): void {
  const forwardedFor = headers['x-forwarded-for']
  const address = callerAddress(typeof forwardedFor === 'string' ? forwardedFor : undefined, socket.remoteAddress ?? 'unknown', isTrusted)
  const forwarded = Object.keys(headers).filter(isForwarded)
  for (const name of [...forwarded, ...Object.keys(headers).filter(isInner), forwardedHeader]) delete headers[name]
  headers[addressHeader] = address
  if (forwarded.length) headers[forwardedHeader] = '1'
}

/** The address that `stampAddress` found, `unknown` where no server.ts stood before. */
export const addressOf = (headers: Headers): string => headers.get(addressHeader) ?? 'unknown'

/** Whether the caller is a program on this machine that no proxy spoke for. */
export function isLocalCaller(headers: Headers): boolean {
  const address = addressOf(headers)
  return (address === '::1' || address.startsWith('127.')) && !headers.has(forwardedHeader)
}
