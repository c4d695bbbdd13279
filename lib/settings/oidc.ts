import { z } from 'zod'
import { roles, type Role } from '../model/role.ts'

/** What a group of the provider gives here. */
export interface GroupGrant {
  group: string
  role: Role
  /** An environment's name; null: the whole fleet. */
  environment: string | null
  /** Null: all of the environment. */
  namespaces: string[] | null
}

export interface OidcSettings {
  issuer: string
  /** What the provider is called on the screen. */
  name: string
  clientId: string
  clientSecret: string
  /** Separated by spaces, `openid` among them. */
  scopes: string
  /** The claim that lists groups. */
  groupsClaim: string
  grants: GroupGrant[]
  /** How long an answer of the provider may take. */
  timeoutMs: number
  /** How often it is asked again whether a session still holds. */
  refreshMs: number
  /** How long a session holds without an answer. */
  graceMs: number
}

const isLoopback = (hostname: string) => hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)

/** Tokens and secrets go there, so that nobody may read on the way. */
function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, hostname, username, password, search, hash } = new URL(value)
  if (username || password || search || hash) return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

// The group is what stands before the last `=ROLE`: names of directories have signs of their own.
const grantRule = new RegExp(`^(.+)=(${roles.join('|')})(?:@(.+))?$`)

function parseGrant(text: string): GroupGrant | null {
  const [, group, role, place] = grantRule.exec(text) ?? []
  if (group === undefined || role === undefined) return null
  const slash = place?.lastIndexOf('/') ?? -1
  const [environment, within] = place === undefined || slash < 0 ? [place, undefined] : [place.slice(0, slash), place.slice(slash + 1)]
  const namespaces = within?.split(',').map((one) => one.trim()) ?? null
  if (environment?.trim() === '' || namespaces?.includes('')) return null
  return { group: group.trim(), role: role as Role, environment: environment?.trim() ?? null, namespaces }
}

/** `GROUP=ROLE`, `GROUP=ROLE@ENVIRONMENT` or `GROUP=ROLE@ENVIRONMENT/NAMESPACE,NAMESPACE`, separated by `;` or lines. */
const Grants = z.string().transform((text, context) => {
  const written = text
    .split(/[;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)
  return written.flatMap((one) => {
    const grant = parseGrant(one)
    if (grant) return [grant]
    const message = `“${one}” is none of GROUP=ROLE, GROUP=ROLE@ENVIRONMENT, GROUP=ROLE@ENVIRONMENT/NAMESPACE,NAMESPACE; roles are ${roles.join(', ')}`
    context.addIssue({ code: 'custom', message })
    return []
  })
})

const milliseconds = (fallback: number) => z.coerce.number().int().min(1).default(fallback)

/** The variables of sign-in by OIDC. */
export const oidcVariables = {
  PORTOLAN_OIDC_ISSUER: z.string().refine(isIssuer, 'must be the issuer’s address by https, such as https://sso.example.org').optional(),
  PORTOLAN_OIDC_CLIENT_ID: z.string().optional(),
  PORTOLAN_OIDC_CLIENT_SECRET: z.string().optional(),
  PORTOLAN_OIDC_GROUPS: Grants.optional(),
  PORTOLAN_OIDC_NAME: z.string().trim().min(1).max(40).optional(),
  PORTOLAN_OIDC_GROUPS_CLAIM: z.string().default('groups'),
  PORTOLAN_OIDC_SCOPES: z
    .string()
    .refine((value) => value.split(/\s+/).includes('openid'), 'must hold the scope openid')
    .default('openid profile email offline_access'),
  PORTOLAN_OIDC_TIMEOUT_MS: milliseconds(10_000),
  PORTOLAN_OIDC_REFRESH_MS: milliseconds(300_000),
  PORTOLAN_OIDC_GRACE_MS: milliseconds(900_000),
}

const needed = ['PORTOLAN_OIDC_ISSUER', 'PORTOLAN_OIDC_CLIENT_ID', 'PORTOLAN_OIDC_CLIENT_SECRET', 'PORTOLAN_OIDC_GROUPS'] as const

type Variables = z.output<z.ZodObject<typeof oidcVariables>>

/** Half a configuration is none: the names that are missing beside those that are set. */
export const missingForOidc = (variables: Partial<Record<string, unknown>>): string[] => {
  const missing = needed.filter((name) => variables[name] === undefined)
  return missing.length === needed.length ? [] : missing
}

/** Null: nobody signs in by OIDC. */
export function oidcOf(variables: Variables): OidcSettings | null {
  const {
    PORTOLAN_OIDC_ISSUER: issuer,
    PORTOLAN_OIDC_CLIENT_ID: clientId,
    PORTOLAN_OIDC_CLIENT_SECRET: clientSecret,
    PORTOLAN_OIDC_GROUPS: grants,
  } = variables
  if (issuer === undefined || clientId === undefined || clientSecret === undefined || grants === undefined) return null
  return {
    issuer,
    name: variables.PORTOLAN_OIDC_NAME ?? new URL(issuer).host,
    clientId,
    clientSecret,
    scopes: variables.PORTOLAN_OIDC_SCOPES,
    groupsClaim: variables.PORTOLAN_OIDC_GROUPS_CLAIM,
    grants,
    timeoutMs: variables.PORTOLAN_OIDC_TIMEOUT_MS,
    refreshMs: variables.PORTOLAN_OIDC_REFRESH_MS,
    graceMs: variables.PORTOLAN_OIDC_GRACE_MS,
  }
}
