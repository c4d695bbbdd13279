/** Why somebody is not let in by the OIDC provider, or no longer: each has its sentence under `entry.signIn.provider`. */
export const oidcProblems = [
  /** It does not answer, in time or at all. */
  'oidc_unreachable',
  /** They, or it, said no. */
  'oidc_denied',
  /** It answered with an error, or with something that is not right. */
  'oidc_failed',
  /** Another state than the one that this browser began with: used, foreign or too old. */
  'oidc_stale',
  /** It does not say which groups they are in. */
  'oidc_no_groups',
  /** None of their groups gives a role. */
  'oidc_no_role',
  /** An administrator disabled their account here. */
  'oidc_disabled',
  /** It does not stand by the sign-in any more. */
  'oidc_withdrawn',
  /** It gave nothing to ask again with, so nothing is known of them any more. */
  'oidc_unconfirmed',
] as const
export type OidcProblem = (typeof oidcProblems)[number]

export const isOidcProblem = (code: unknown): code is OidcProblem => oidcProblems.some((one) => one === code)
