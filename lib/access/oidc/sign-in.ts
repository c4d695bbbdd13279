import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import * as client from 'openid-client'
import { safePath } from '../../model/safe-path.ts'
import { cookieSecret, openCookie } from '../cookie.ts'
import { countAttempt } from '../limits.ts'
import { startSession, type SignedInFrom } from '../sessions.ts'
import { holdTokens } from './held.ts'
import { identify, type Tokens } from './identity.ts'
import { personOf } from './person.ts'
import { oidcSettings, provider, redirectUri, refusal, toRefusal } from './provider.ts'

/** How long somebody may take at the provider. */
export const pendingSeconds = 900
/** Who begins often asks the provider once, and learns within this time that it is gone. */
const askedAgainAfterMs = 5_000

/** Where to send the browser, and the cookie that tells this browser's sign-in from all others. */
export interface Begun {
  location: string
  cookie: string
}

/**
 * Begins a sign-in that goes on at `back`: authorization code with PKCE, state and nonce, which only the sealed cookie
 * knows. The provider is asked for itself first, so that nobody is sent to one that is gone. Throws `oidc_unreachable`,
 * `oidc_failed`.
 */
export async function beginSignIn(back: string | null): Promise<Begun> {
  const config = await provider(askedAgainAfterMs)
  const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
  const location = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri(),
    scope: oidcSettings().scopes,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  const token = { state, nonce, verifier, back }
  return { location: location.href, cookie: await encode({ token, secret: cookieSecret(), maxAge: pendingSeconds }) }
}

async function exchange(address: URL, checks: client.AuthorizationCodeGrantChecks): Promise<Tokens> {
  try {
    return await client.authorizationCodeGrant(await provider(), address, { ...checks, idTokenExpected: true })
  } catch (cause) {
    const why = toRefusal(cause)
    // A code that is used, foreign or too old.
    throw why.reason?.code === 'oidc_withdrawn' ? refusal('oidc_stale', why.message, cause) : why
  }
}

/**
 * Ends a sign-in with what the provider sent along (`search` of the address that it sent the browser back to): starts a
 * session of the person it vouches for. Throws a problem of lib/model/oidc.ts, and `rate_limited` when there were too many.
 */
export async function endSignIn(
  search: string,
  cookie: string | undefined,
  from: SignedInFrom,
): Promise<{ session: string; back: string }> {
  const address = new URL(`${redirectUri()}${search}`)
  const pending = await openCookie(cookie)
  const { state, nonce, verifier, back } = pending ?? {}
  if (typeof state !== 'string' || typeof nonce !== 'string' || typeof verifier !== 'string' || address.searchParams.get('state') !== state)
    throw refusal('oidc_stale', 'This browser began no such sign-in.')
  const takeBack = await countAttempt(null, from.address)
  const tokens = await exchange(address, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier })
  const userId = await personOf(await identify(tokens, null), randomUUID())
  await takeBack()
  const now = new Date()
  return { session: await startSession(userId, from, now, holdTokens(tokens, now)), back: safePath(typeof back === 'string' ? back : null) }
}
