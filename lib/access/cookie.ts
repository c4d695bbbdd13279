import { deriveKey } from './secrets.ts'
import { settings } from '../settings.ts'

/** Whether people reach Portolan over TLS: then cookies are `__Host-` ones, bound to this very host. */
export const isSecure = (): boolean => settings().url.startsWith('https:')

export const cookieName = (name: string): string => `${isSecure() ? '__Host-' : ''}portolan.${name}`

/** The secret that next-auth seals its cookies with. */
export const cookieSecret = (): string => deriveKey('next-auth').toString('base64url')

/** One cookie's value out of a request's headers. */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}
