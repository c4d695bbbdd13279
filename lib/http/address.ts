import type { IncomingMessage } from 'node:http'
import { settings } from '../settings.ts'

/** The header in which server.ts hands the caller's address on; one that came from outside is overwritten. */
const addressHeader = 'x-portolan-address'
/** Set when a proxy stood between: then a loopback address says nothing about who asks. */
const forwardedHeader = 'x-portolan-forwarded'

/**
 * The caller's address: that of the socket, or, behind `trustedProxies` proxies, the entry of X-Forwarded-For that
 * the outermost trusted one wrote. Entries further left can be made up by anybody.
 */
export function callerAddress(forwardedFor: string | undefined, socketAddress: string, trustedProxies: number): string {
  const chain = [
    ...(forwardedFor ?? '')
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
    socketAddress,
  ]
  return chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? socketAddress
}

/** server.ts calls it for every request and upgrade, before anything else sees the headers. */
export function stampAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustedProxies = settings().trustedProxies): void {
  const { headers, socket } = request
  const forwardedFor = headers['x-forwarded-for']
  const forwarded = forwardedFor ?? headers.forwarded ?? headers.via
  headers[addressHeader] = callerAddress(
    typeof forwardedFor === 'string' ? forwardedFor : undefined,
    socket.remoteAddress ?? 'unknown',
    trustedProxies,
  )
  if (forwarded) headers[forwardedHeader] = '1'
  else delete headers[forwardedHeader]
}

/** The address that `stampAddress` found, `unknown` where no server.ts stood before. */
export const addressOf = (headers: Headers): string => headers.get(addressHeader) ?? 'unknown'

/** Whether the caller is a program on this machine that no proxy spoke for. */
export function isLocalCaller(headers: Headers): boolean {
  const address = addressOf(headers).replace(/^::ffff:/, '')
  return (address === '::1' || address.startsWith('127.')) && !headers.has(forwardedHeader)
}
