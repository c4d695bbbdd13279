import { prisma, type Prisma } from '../../database/index.ts'
import { isOidcProblem, type OidcProblem } from '../../model/oidc.ts'
import { settings } from '../../settings.ts'
import { sessionIdIn } from '../cookie.ts'
import { openSecrets, sealSecrets } from '../secrets.ts'
import type { Tokens } from './identity.ts'
import { oidcSettings } from './provider.ts'

/** What a session keeps of its provider. */
export interface HeldTokens {
  refreshToken?: string
  /** Tells the provider whose sign-in ends. */
  idToken?: string
}

export const openTokens = (sealed: Uint8Array): HeldTokens => openSecrets(sealed)

/** The tokens after an answer; what it does not replace is kept. */
export function sealTokens({ id_token: idToken, refresh_token: refreshToken }: Tokens, before: HeldTokens = {}): Uint8Array<ArrayBuffer> {
  const held = { ...before, ...(idToken && { idToken }), ...(refreshToken && { refreshToken }) }
  return sealSecrets(Object.fromEntries(Object.entries(held)))
}

/** When a session ends that its provider confirmed at `confirmedAt`, unless it confirms it again. */
export function holdsUntil(startedAt: Date, confirmedAt: Date): Date {
  const { graceMs } = oidcSettings()
  return new Date(Math.min(startedAt.getTime() + settings().sessionHours * 3_600_000, confirmedAt.getTime() + graceMs))
}

/** What a new session keeps. One that cannot be asked for again ends with its first term. */
export function holdTokens(tokens: Tokens, now: Date): Prisma.OidcSessionCreateWithoutSessionInput {
  const again = tokens.refresh_token !== undefined
  return {
    sealed: sealTokens(tokens),
    confirmedAt: now,
    refreshAt: again ? new Date(now.getTime() + oidcSettings().refreshMs) : null,
    problem: again ? null : ('oidc_unconfirmed' satisfies OidcProblem),
  }
}

/** Why the provider ended the session of these headers; null: there is none, or it did not. */
export async function problemOf(headers: Headers, now: Date): Promise<OidcProblem | null> {
  const sessionId = await sessionIdIn(headers)
  if (sessionId === null) return null
  const found = await prisma().oidcSession.findUnique({ where: { sessionId }, include: { session: true } })
  const over = found && (found.session.endedAt !== null || found.session.expiresAt <= now)
  return over && isOidcProblem(found.problem) ? found.problem : null
}
