import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from './engines/port.ts'
import { startProvider, type TestProvider } from './engines/oidc/provider.ts'
import { expect } from './fixtures.ts'
import { environmentName, portolan } from './portolan.ts'

const root = join(import.meta.dirname, '..')
const startWithinMs = 60_000

export interface Organisation {
  provider: TestProvider
  /** A web of the Portolan of all specs, where people sign in with the provider too. */
  url: string
  end(): Promise<void>
}

/** A real provider, and another web beside the one of all specs that knows it: same database, same keys. */
export async function startOrganisation(): Promise<Organisation> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const provider = await startProvider({ urls: [url] })
  const environment = {
    ...process.env,
    NODE_ENV: 'production' as const,
    PORTOLAN_DATA: portolan().dataDir,
    PORTOLAN_URL: url,
    PORT: String(port),
    PORTOLAN_SHUTDOWN_GRACE_MS: '1000',
    PORTOLAN_OIDC_ISSUER: provider.issuer,
    PORTOLAN_OIDC_CLIENT_ID: provider.clientId,
    PORTOLAN_OIDC_CLIENT_SECRET: provider.clientSecret,
    PORTOLAN_OIDC_NAME: 'Lighthouse',
    PORTOLAN_OIDC_GROUPS: `keepers=administrator; crew=operator@${environmentName}; watch=viewer`,
    PORTOLAN_OIDC_REFRESH_MS: '500',
    PORTOLAN_OIDC_GRACE_MS: '4000',
    PORTOLAN_OIDC_TIMEOUT_MS: '2000',
  }
  const web = spawn(join(root, 'node_modules/.bin/node'), ['server.ts'], { cwd: root, stdio: 'ignore', env: environment })
  const end = async () => {
    const ended = web.exitCode === null && web.signalCode === null ? once(web, 'exit') : null
    web.kill('SIGTERM')
    await ended
    await provider.stop()
  }
  try {
    const isReady = async () => (await fetch(`${url}/api/ready`).catch(() => null))?.ok
    await expect.poll(isReady, { timeout: startWithinMs }).toBe(true)
  } catch (error) {
    await end()
    throw error
  }
  return { provider, url, end }
}
