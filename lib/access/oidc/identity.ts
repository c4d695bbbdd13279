import * as client from 'openid-client'
import { oidcSettings, provider, refusal, toRefusal } from './provider.ts'

/** Whom the provider vouches for. */
export interface Identity {
  issuer: string
  subject: string
  name: string
  /** What they would like to be called by; it may be taken. */
  login: string
  /** Null: it does not say. */
  groups: string[] | null
}

export type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value.trim() : undefined)

function groupsIn(claims: Record<string, unknown>): string[] | null {
  const value = claims[oidcSettings().groupsClaim]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null
}

/**
 * Who they are, of the ID token; what it does not hold, groups above all, is asked of the user info. `subject` is whom
 * it must be about; null: whom the ID token names. Throws the problems of `provider`.
 */
export async function identify(tokens: Tokens, subject: string | null): Promise<Identity> {
  const { issuer } = oidcSettings()
  const told: Record<string, unknown> = tokens.claims() ?? {}
  const about = subject ?? text(told.sub)
  if (about === undefined || (told.sub !== undefined && told.sub !== about))
    throw refusal('oidc_failed', `${issuer} answered for somebody else.`)
  const claims = groupsIn(told) ? told : { ...told, ...(await userInfo(tokens.access_token, about)) }
  const login = text(claims.preferred_username) ?? text(claims.email) ?? about
  return { issuer, subject: about, login, name: (text(claims.name) ?? login).slice(0, 100), groups: groupsIn(claims) }
}

async function userInfo(accessToken: string, subject: string): Promise<Record<string, unknown>> {
  const config = await provider()
  if (!config.serverMetadata().userinfo_endpoint) return {}
  try {
    return await client.fetchUserInfo(config, accessToken, subject)
  } catch (cause) {
    throw toRefusal(cause)
  }
}
