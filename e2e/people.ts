import { request, type APIRequestContext, type Browser, type BrowserContext } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import type { Role } from '../lib/model/role.ts'
import { portolan, signedIn } from './portolan.ts'

export interface Person {
  id: string
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

const wordsOf = (name: string) => `the lamp of ${name}`

/** The API as somebody's link gives it: sets the password of the account it was made for. */
async function comeIn(link: string, password: string): Promise<void> {
  const nobody = await request.newContext({ baseURL: portolan().url, extraHTTPHeaders: { origin: portolan().url } })
  const answer = await nobody.post('/api/setup/password', { data: { token: new URL(link).searchParams.get('token'), password } })
  if (!answer.ok()) throw new Error(`The invitation was refused: ${await answer.text()}`)
  await nobody.dispose()
}

async function speak(person: Person, language: string): Promise<void> {
  const theirs = await request.newContext({ baseURL: portolan().url, extraHTTPHeaders: { origin: portolan().url } })
  await trySignIn(theirs, person.login, person.password)
  await theirs.patch('/api/me', { data: { language } })
  await theirs.dispose()
}

/** Somebody who was invited, came, can sign in, and whom no other spec knows. */
export async function makePerson({ name, role, environment, namespaces, language }: Wanted): Promise<Person> {
  const login = `${name.split(' ')[0]?.toLowerCase()}-${randomUUID().slice(0, 8)}`
  const bindings = role ? [{ role, environment: environment ?? null, namespaces: namespaces ?? null }] : []
  const api = await administratorsApi()
  const answer = await api.post('/api/people', { data: { login, name, bindings } })
  const { person: made, link } = (await answer.json()) as { person: { id: string }; link: { url: string } }
  await api.dispose()
  const person = { id: made.id, login, name, password: wordsOf(name) }
  await comeIn(link.url, person.password)
  if (language) await speak(person, language)
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
