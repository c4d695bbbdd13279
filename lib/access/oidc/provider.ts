import * as client from 'openid-client'
import { AppError, isAppError } from '../../errors/index.ts'
import type { OidcProblem } from '../../model/oidc.ts'
import { once } from '../../once.ts'
import { settings } from '../../settings.ts'
import type { OidcSettings } from '../../settings/oidc.ts'

/** Of one answer; a provider's metadata and keys are a few kilobytes. */
const mostBytes = 1024 * 1024
/** Metadata seldom changes, and keys that it names are looked up anew when an unknown one was used. */
const knownForMs = 3_600_000
/** One that does not answer, whatever it was asked, is asked for itself again after this. */
const failedForMs = 1_000
const known = () =>
  once('access.oidc', () => ({ asked: null as Promise<client.Configuration> | null, at: 0, failed: false, silent: false }))

/** Why nobody is let in by the provider: `reason.code` is the problem. */
export const refusal = (problem: OidcProblem, message: string, cause?: unknown) =>
  new AppError(problem === 'oidc_unreachable' ? 'unavailable' : 'unauthenticated', message, { cause, reason: { code: problem } })

/** The settings of sign-in by OIDC. Throws `not_found` when there are none. */
export function oidcSettings(): OidcSettings {
  const { oidc } = settings()
  if (oidc) return oidc
  throw new AppError('not_found', 'Nobody signs in by OIDC here: PORTOLAN_OIDC_ISSUER is not set.')
}

/** Where the provider sends people back to; it must be registered there. */
export const redirectUri = (): string => `${settings().url}/api/auth/oidc/callback`

const silent = (message: string, cause?: unknown) => refusal('oidc_unreachable', `${oidcSettings().issuer} ${message}`, cause)

/** Asks within bounds of time and size. Throws `oidc_unreachable` where nobody answers, and of a server that fails. */
async function boundedFetch(url: string, { body, ...options }: client.CustomFetchOptions): Promise<Response> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    const signal = AbortSignal.timeout(oidcSettings().timeoutMs)
    const response = await fetch(url, { ...options, body: body as BodyInit, signal })
    if (response.status >= 500) {
      await response.body?.cancel()
      throw silent(`answered ${response.status}`)
    }
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > mostBytes) throw silent(`answered with more than ${mostBytes} bytes`)
      chunks.push(chunk)
    }
    const { status, statusText, headers } = response
    return new Response(chunks.length ? Buffer.concat(chunks) : null, { status, statusText, headers })
  } catch (cause) {
    known().silent = true
    throw isAppError(cause) ? cause : silent('does not answer', cause)
  }
}

/** HTTP Basic unless the provider says that it does not take it. @see https://www.rfc-editor.org/rfc/rfc8414#section-2 */
function authentication(clientSecret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)]
  return (server, ...rest) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false ? post : basic)(server, ...rest)
}

async function discover(): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret } = oidcSettings()
  const execute = [client.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : [])]
  try {
    return await client.discovery(new URL(issuer), clientId, undefined, authentication(clientSecret), {
      execute,
      [client.customFetch]: boundedFetch,
    })
  } catch (cause) {
    throw toRefusal(cause)
  }
}

/**
 * The provider as it describes itself, at most `maxAgeMs` ago: then it answered. Whoever asks meanwhile waits for the same
 * answer, so that no crowd before the sign-in page becomes one before the provider. Throws `oidc_unreachable`, `oidc_failed`.
 */
export function provider(maxAgeMs = knownForMs): Promise<client.Configuration> {
  const cache = known()
  const now = performance.now()
  // What it said of itself still holds for who has been there; nobody is sent to one that was silent since.
  const isDoubtful = cache.failed || (cache.silent && maxAgeMs < knownForMs)
  if (cache.asked === null || now - cache.at > (isDoubtful ? failedForMs : maxAgeMs)) {
    const asked = discover()
    Object.assign(cache, { asked, at: now, failed: false, silent: false })
    asked.catch(() => {
      if (cache.asked === asked) cache.failed = true
    })
    return asked
  }
  return cache.asked
}

/** Whatever went wrong with the provider as why nobody is let in. The cause goes to the log, not to the screen. */
export function toRefusal(error: unknown): AppError {
  for (let at = error; at instanceof Error; at = at.cause) if (isAppError(at)) return at
  const { issuer } = oidcSettings()
  if (error instanceof client.AuthorizationResponseError) {
    if (error.error === 'access_denied') return refusal('oidc_denied', `${issuer} answered access_denied`, error)
    if (error.error === 'temporarily_unavailable' || error.error === 'server_error')
      return refusal('oidc_unreachable', `${issuer} answered ${error.error}`, error)
    return refusal('oidc_failed', `${issuer} answered ${error.error}`, error)
  }
  if (error instanceof client.ResponseBodyError) {
    const problem = error.error === 'invalid_grant' ? 'oidc_withdrawn' : 'oidc_failed'
    return refusal(problem, `${issuer} answered ${error.error}${error.error_description ? `: ${error.error_description}` : ''}`, error)
  }
  return refusal(
    'oidc_failed',
    `${issuer} answered something that is not right: ${error instanceof Error ? error.message : 'unknown'}`,
    error,
  )
}
