import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { isAppError, toWire } from '../errors/index.ts'
import { log } from '../log.ts'
import { settings } from '../settings.ts'
import { cookieName, cookieSecret, isSecure, openCookie } from './cookie.ts'
import { closeSession } from './sessions.ts'
import { signIn } from './sign-in.ts'

/**
 * What next-auth carries from a failed sign-in to the page: the code of lib/errors and, where there is one, the
 * seconds to wait: `unauthenticated`, `rate_limited:42`, `unavailable:2`.
 */
export function signInError(error: unknown): string {
  const { code } = toWire(error)
  const seconds = isAppError(error) ? error.retryAfterSeconds : undefined
  return seconds === undefined ? code : `${code}:${Math.ceil(seconds)}`
}

async function authorize(credentials: Record<'login' | 'password', string> | undefined, headers: Record<string, unknown>) {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  try {
    const id = await signIn({
      login: text(credentials?.login),
      password: text(credentials?.password),
      address: text(headers['x-portolan-address']) || 'unknown',
      userAgent: text(headers['user-agent']),
    })
    return { id }
  } catch (error) {
    if (!isAppError(error)) log().error({ err: error }, 'signing in failed')
    else log().info({ code: error.code, address: headers['x-portolan-address'] }, 'a sign-in was refused')
    throw new Error(signInError(error), { cause: error })
  }
}

const cookie = (name: string) => ({
  name: cookieName(name),
  options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecure() },
})

/** next-auth signs people in and out; its token carries nothing but the id of a row in `sessions`. */
export function authOptions(): AuthOptions {
  // oxlint-disable-next-line no-restricted-properties -- next-auth reads its own address from here alone; ours is a setting
  process.env.NEXTAUTH_URL = settings().url
  return {
    secret: cookieSecret(),
    useSecureCookies: isSecure(),
    cookies: { sessionToken: cookie('session'), csrfToken: cookie('csrf'), callbackUrl: cookie('callback') },
    // Sealed under the first key, opened under all.
    jwt: { decode: ({ token }) => openCookie(token) },
    session: { strategy: 'jwt', maxAge: settings().sessionHours * 3600 },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { login: { type: 'text' }, password: { type: 'password' } },
        authorize: (credentials, request) => authorize(credentials, request.headers ?? {}),
      }),
    ],
    callbacks: {
      // `user` is there once, just after signing in: its id is the session's.
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await closeSession(token.sid)
      },
    },
    logger: {
      error: (code, metadata) => log().warn({ code, error: metadata instanceof Error ? metadata.message : undefined }, 'next-auth'),
      warn: (code) => log().debug({ code }, 'next-auth'),
      debug: () => undefined,
    },
  }
}
