import { request, type APIRequestContext, type Browser, type BrowserContext } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { hashPassword } from '../lib/access/passwords.ts'
import type { Role } from '../lib/model/role.ts'
import { query } from './database.ts'
import { portolan, signedIn } from './portolan.ts'

export interface Person {
  login: string
  name: string
  password: string
}
interface Wanted {
  name: string
  role?: Role
  /** Of the whole fleet when it is left out. */
  environment?: string
  namespaces?: string[]
  language?: 'en' | 'fr'
}

/** Somebody who can sign in and whom no other spec knows. */
export async function makePerson({ name, role, environment, namespaces = [], language }: Wanted): Promise<Person> {
  const person = { login: `${name.split(' ')[0]?.toLowerCase()}-${randomUUID().slice(0, 8)}`, name, password: `the lamp of ${name}` }
  const [user] = await query<{ id: string }>(
    'INSERT INTO users (id, login, name, password_hash, language) VALUES (gen_random_uuid(), $1, $2, $3, $4) RETURNING id',
    [person.login, name, await hashPassword(person.password), language ?? null],
  )
  if (role)
    await query('INSERT INTO role_bindings (id, user_id, role, environment_id, namespaces) VALUES (gen_random_uuid(), $1, $2, $3, $4)', [
      user?.id,
      role,
      environment ?? null,
      namespaces,
    ])
  return person
}

/** Signs in as the page does and answers where it leads: an address with `error=` when it was refused. */
export async function trySignIn(asking: APIRequestContext, login: string, password: string): Promise<URL> {
  const { csrfToken } = (await (await asking.get('/api/auth/csrf')).json()) as { csrfToken: string }
  const response = await asking.post('/api/auth/callback/credentials', {
    headers: { origin: portolan().url },
    form: { login, password, csrfToken, callbackUrl: '/', json: 'true' },
  })
  const { url } = (await response.json()) as { url: string }
  return new URL(url, portolan().url)
}

/** A browser of its own in which this person is signed in. */
export async function signedInAs(browser: Browser, { login, password }: Person): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: portolan().url, storageState: { cookies: [], origins: [] } })
  const address = await trySignIn(context.request, login, password)
  if (address.searchParams.has('error')) throw new Error(`${login} could not sign in: ${address}`)
  return context
}

/** The API as the administrator of the first run. Dispose of it. */
export const administratorsApi = (): Promise<APIRequestContext> =>
  request.newContext({ baseURL: portolan().url, storageState: signedIn, extraHTTPHeaders: { origin: portolan().url } })
