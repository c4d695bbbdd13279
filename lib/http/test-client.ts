import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { actorOf } from '../access/authenticate.ts'
import type { Actor } from '../access/index.ts'
import { cookieName, cookieSecret } from '../access/cookie.ts'
import { startSession } from '../access/sessions.ts'
import { prisma } from '../database/index.ts'
import type { Binding } from '../model/role.ts'
import { endpointOf } from '../operations/index.ts'
import { settings } from '../settings.ts'
import { route } from './route.ts'

/** For tests: a person who is signed in, made straight in the database. */
export interface Person {
  actor: Actor
  cookie: string
}

export async function signedIn(...bindings: Binding[]): Promise<Person> {
  const login = `u${randomUUID().slice(0, 8)}`
  const user = await prisma().user.create({
    data: {
      login,
      name: `Person ${login}`,
      bindings: {
        create: bindings.map(({ role, environment, namespaces }) => ({
          role,
          environmentId: environment === null ? null : Number(environment),
          namespaces: namespaces ?? [],
        })),
      },
    },
  })
  const sid = await startSession(user.id, { address: '10.0.0.1', userAgent: 'test' })
  const actor = await actorOf(sid)
  if (!actor) throw new Error('A session that was just made does not hold.')
  return { actor, cookie: `${cookieName('session')}=${await encode({ token: { sid }, secret: cookieSecret() })}` }
}

export interface Call {
  /** Path parameters by name. */
  path?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
  cookie?: string
}

/** Calls an operation through its route, as a browser on our own page would. */
export async function call(name: string, { path = {}, query = {}, body, headers = {}, cookie }: Call = {}): Promise<Response> {
  const endpoint = endpointOf(name)
  if (!endpoint) throw new Error(`There is no operation ${name}.`)
  const { origin, host } = new URL(settings().url)
  const pathname = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(path[parameter] ?? ''))
  const sent = { host, origin, ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }
  const request = new Request(`${origin}${pathname}?${new URLSearchParams(query)}`, {
    method: endpoint.method,
    headers: sent,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return route(name)(request)
}
