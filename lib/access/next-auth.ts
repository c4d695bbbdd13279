import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { isAppError, toWire, type AppError } from '../errors/index.ts'
import { log } from '../log.ts'
import { isOidcProblem } from '../model/oidc.ts'
import { settings } from '../settings.ts'
import { cookieName, cookieOptions, cookieSecret, isSecure, openCookie } from './cookie.ts'
import { closeSession } from './sessions.ts'
import { signIn } from './sign-in.ts'

/**
 * What is carried from a failed sign-in to the page: the code of lib/errors and, where there is one, the seconds to
 * wait (`unauthenticated`, `rate_limited:42`, `unavailable:2`), or a problem of lib/model/oidc.ts.
 */
export function signInError(error: unknown): string {
  const { code, reason } = toWire(error)
  if (isOidcProblem(reason?.code)) return reason.code
  const seconds = isAppError(error) ? error.retryAfterSeconds : undefined
  return seconds === undefined ? code : `${code}:${Math.ceil(seconds)}`
}

async function authorize(
  credentials: Record<'login' | 'password', string> | undefined,
  headers: Record<string, unknown>,
  onOutage: OnOutage,
) {
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
    tellOutage(error, onOutage)
    throw new Error(signInError(error), { cause: error })
  }
}

const cookie = (name: string) => ({ name: cookieName(name), options: cookieOptions() })

type OnOutage = (error: AppError) => void

const tellOutage = (error: unknown, onOutage: OnOutage): void => {
  if (isAppError(error) && error.code === 'unavailable') onOutage(error)
}

/**
 * next-auth signs people in and out; its token carries nothing but the id of a row in `sessions`. It answers an outage
 * of our database as a wrong password, or as if the session had ended: `onOutage` hears of it before.
 */
export function authOptions(onOutage: OnOutage): AuthOptions {
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
        authorize: (credentials, request) => authorize(credentials, request.headers ?? {}, onOutage),
      }),
    ],
    callbacks: {
      // `user` is there once, just after signing in: its id is the session's.
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid !== 'string') return
        await closeSession(token.sid).catch((error: unknown) => {
          tellOutage(error, onOutage)
          throw error
        })
      },
    },
    logger: {
      error: (code, metadata) => log().warn({ code, error: metadata instanceof Error ? metadata.message : undefined }, 'next-auth'),
      warn: (code) => log().debug({ code }, 'next-auth'),
      debug: () => undefined,
    },
  }
}
