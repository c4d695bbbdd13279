import { randomUUID } from 'node:crypto'
import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '../access/next-auth.ts'
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
    const response: Response = await NextAuth(counted(request, body), context, authOptions())
    response.headers.set('Cache-Control', 'no-store')
    return finish(response)
  } catch (error) {
    return finish(answerError(error, randomUUID()))
  }
}
