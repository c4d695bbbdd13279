import { decode, type JWT } from 'next-auth/jwt'
import { settings, type SecretKey } from '../settings.ts'
import { deriveKey } from './secrets.ts'

/** Whether people reach Portolan over TLS: then cookies are `__Host-` ones, bound to this very host. */
export const isSecure = (): boolean => settings().url.startsWith('https:')

export const cookieName = (name: string): string => `${isSecure() ? '__Host-' : ''}portolan.${name}`

/** No script reads them, and of what another site begins only what is followed as a link has them. */
export const cookieOptions = () => ({ httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecure() })

const secretOf = (key: SecretKey): string => deriveKey('next-auth', [key]).toString('base64url')

/** The secret that next-auth seals its cookies with. */
export const cookieSecret = (): string => deriveKey('next-auth').toString('base64url')

/** What a cookie of ours holds, sealed under any of the keys; null when it is not ours, or too old. */
export async function openCookie(token: string | undefined): Promise<JWT | null> {
  for (const key of settings().secretKeys) {
    try {
      return await decode({ token, secret: secretOf(key) })
    } catch {
      // Not under this key: it may be of before a rotation, or somebody else's.
      continue
    }
  }
  return null
}

/** One cookie's value out of a request's headers. */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}

/** The session id sealed in the cookie; null when there is none, it is not ours, or too old. */
export async function sessionIdIn(headers: Headers): Promise<string | null> {
  const token = readCookie(headers, cookieName('session'))
  if (!token) return null
  const claims = await openCookie(token)
  return typeof claims?.sid === 'string' ? claims.sid : null
}
