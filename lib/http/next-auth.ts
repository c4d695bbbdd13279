import { randomUUID } from 'node:crypto'
import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '../access/next-auth.ts'
import type { HeldTokens } from '../access/oidc/held.ts'
import { endAddress, tokensOf } from '../access/oidc/sign-out.ts'
import type { AppError } from '../errors/index.ts'
import { answerError } from './answer.ts'
import { bodyLimits, readBytes } from './body.ts'
import { checkHost, checkOrigin } from './origin.ts'
import { countAnswer } from './metrics.ts'

/** What Next hands a route handler besides the request. */
interface AuthContext {
  params: Promise<{ nextauth: string[] }>
}

/** The same request with a body that was counted as it came in. */
const counted = ({ url, method, headers }: Request, body: Buffer | undefined): NextRequest =>
  new NextRequest(url, { method, headers, body: body && new Uint8Array(body) })

/** Signed out here: the answer leads on to where the provider's own session ends. */
async function onToProvider(answered: Response, held: HeldTokens): Promise<Response> {
  const url = await endAddress(held)
  return url === null ? answered : Response.json({ url }, { headers: withoutLength(answered.headers) })
}

function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers)
  kept.delete('content-length')
  return kept
}

/** next-auth's own routes, behind the same checks of Host, Origin and size as every other. */
export async function serveNextAuth(request: Request, context: AuthContext): Promise<Response> {
  const startedAt = performance.now()
  const finish = (response: Response): Response => {
    countAnswer('auth', response.status, (performance.now() - startedAt) / 1000)
    return response
  }
  try {
    const changes = request.method !== 'GET'
    if (changes) checkOrigin(request.headers)
    else checkHost(request.headers)
    const body = changes ? await readBytes(request, bodyLimits) : undefined
    const { nextauth } = await context.params
    const held = changes && nextauth[0] === 'signout' ? await tokensOf(request.headers) : null
    let outage: AppError | null = null
    const options = authOptions((error) => (outage = error))
    const answered: Response = await NextAuth(counted(request, body), context, options)
    if (outage) throw outage
    const response = held ? await onToProvider(answered, held) : answered
    response.headers.set('Cache-Control', 'no-store')
    return finish(response)
  } catch (error) {
    return finish(answerError(error, randomUUID()))
  }
}
