import * as client from 'openid-client'
import { prisma } from '../../database/index.ts'
import { log } from '../../log.ts'
import { settings } from '../../settings.ts'
import { sessionIdIn } from '../cookie.ts'
import { openTokens, type HeldTokens } from './held.ts'
import { provider } from './provider.ts'

/** What the session of these headers keeps of its provider; null: it has none. Asked before it ends. */
export async function tokensOf(headers: Headers): Promise<HeldTokens | null> {
  if (!settings().oidc) return null
  const sessionId = await sessionIdIn(headers)
  if (sessionId === null) return null
  const found = await prisma().oidcSession.findUnique({ where: { sessionId, session: { user: { issuer: settings().oidc?.issuer } } } })
  return found?.sealed ? openTokens(found.sealed) : null
}

/**
 * Where the browser ends the provider's own session and comes back from; null where there is no such place, or the
 * provider does not answer: then only ours has ended.
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html
 */
export async function endAddress({ idToken }: HeldTokens): Promise<string | null> {
  try {
    const config = await provider()
    if (!config.serverMetadata().end_session_endpoint) return null
    const parameters = { post_logout_redirect_uri: `${settings().url}/sign-in`, ...(idToken && { id_token_hint: idToken }) }
    return client.buildEndSessionUrl(config, parameters).href
  } catch (error) {
    log().warn({ error: (error as Error).message }, 'the session at the provider was not ended')
    return null
  }
}
