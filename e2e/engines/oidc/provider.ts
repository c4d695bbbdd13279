import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import Provider, { type Configuration } from 'oidc-provider'
import { freePort } from '../port.ts'

/** Somebody who has an account at the provider; any password is right. */
export interface Account {
  name: string
  /** What they would like to be called. */
  login: string
  /** Undefined: the provider does not say. */
  groups?: string[]
}

export interface TestProvider {
  issuer: string
  clientId: string
  clientSecret: string
  /** By subject. Change it, and the next answer tells. */
  accounts: Map<string, Account>
  /** How many tokens it gave for a refresh token, and how many it refused. */
  refreshed: { given: number; refused: number }
  /** Forgets every refresh token, as when somebody ends a sign-in there. */
  withdraw(): Promise<void>
  /** Is gone, until `start`. */
  stop(): Promise<void>
  start(): Promise<void>
}

interface Wanted {
  /** Where Portolan is reached. */
  urls: readonly string[]
  /** False: sessions cannot be asked about again. */
  refreshTokens?: boolean
}

const configuration = (accounts: TestProvider['accounts'], { urls, refreshTokens = true }: Wanted): Configuration => ({
  clients: [
    {
      client_id: 'portolan',
      client_secret: 'a secret of two: the client & the provider',
      redirect_uris: urls.map((url) => `${url}/api/auth/oidc/callback`),
      post_logout_redirect_uris: urls.map((url) => `${url}/sign-in`),
      grant_types: ['authorization_code', 'refresh_token'],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: () => refreshTokens,
  findAccount: (_context, subject) => {
    const found = accounts.get(subject)
    return (
      found && {
        accountId: subject,
        claims: () => ({ sub: subject, name: found.name, preferred_username: found.login, ...(found.groups && { groups: found.groups }) }),
      }
    )
  },
  // Whoever signs in allows all that is asked for: only the sign-in itself is a page.
  async loadExistingGrant(context) {
    const { session, client, provider, params } = context.oidc
    if (!session?.accountId || !client) return undefined
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
    grant.addOIDCScope(String(params?.scope))
    await grant.save()
    return grant
  },
  cookies: { keys: ['of the tests'] },
  ttl: { AccessToken: 600, Grant: 86_400, IdToken: 600, Interaction: 600, RefreshToken: 86_400, Session: 86_400 },
})

/** A real OpenID provider (`oidc-provider`) on loopback, whose refresh tokens rotate: each works once. */
export async function startProvider(wanted: Wanted): Promise<TestProvider> {
  const accounts: TestProvider['accounts'] = new Map()
  const refreshed = { given: 0, refused: 0 }
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const provider = new Provider(issuer, configuration(accounts, wanted))
  const answer = provider.callback()
  let server: Server
  const start = async () => {
    server = createServer((request, response) => void answer(request, response)).listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const stop = async () => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  const tokens: { destroy(): Promise<void> }[] = []
  provider.on('refresh_token.saved', (token) => tokens.push(token))
  provider.on('grant.success', ({ oidc }) => oidc.params?.grant_type === 'refresh_token' && refreshed.given++)
  provider.on('grant.error', ({ oidc }) => oidc.params?.grant_type === 'refresh_token' && refreshed.refused++)
  await start()
  return {
    issuer,
    clientId: 'portolan',
    clientSecret: 'a secret of two: the client & the provider',
    accounts,
    refreshed,
    async withdraw() {
      await Promise.all(tokens.splice(0).map((token) => token.destroy()))
    },
    stop,
    start,
  }
}
