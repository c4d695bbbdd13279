import { settings } from '../../settings.ts'

/** What a provider is called: by its name while it is the one of the settings, else by its host. Null for null. */
export function nameOfIssuer(issuer: string | null): string | null {
  if (issuer === null) return null
  const { oidc } = settings()
  return oidc?.issuer === issuer ? oidc.name : new URL(issuer).host
}
