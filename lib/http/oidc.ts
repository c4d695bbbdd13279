import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { cookieName, cookieOptions, cookieSecret, readCookie } from '../access/cookie.ts'
import { signInError } from '../access/next-auth.ts'
import { beginSignIn, endSignIn, pendingSeconds } from '../access/oidc/sign-in.ts'
import { isAppError } from '../errors/index.ts'
import { log } from '../log.ts'
import { safePath } from '../model/safe-path.ts'
import { settings } from '../settings.ts'
import { answerError } from './answer.ts'
import { countAnswer } from './metrics.ts'
import { checkHost } from './origin.ts'

/** A cookie of ours as a header; of no seconds it is taken away. */
function setCookie(name: string, value: string, maxAge: number): string {
  const { httpOnly, sameSite, path, secure } = cookieOptions()
  const flags = [`Path=${path}`, `SameSite=${sameSite}`, ...(httpOnly ? ['HttpOnly'] : []), ...(secure ? ['Secure'] : [])]
  return [`${cookieName(name)}=${value}`, `Max-Age=${maxAge}`, ...flags].join('; ')
}

function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** Back to the page that says why, and from where one can try again. */
function backToSignIn(error: unknown, back: string | null, request: Request): Response {
  const address = request.headers.get('x-portolan-address')
  if (!isAppError(error)) log().error({ err: error }, 'signing in by OIDC failed')
  else log().info({ code: error.reason?.code ?? error.code, problem: error.message, address }, 'a sign-in by OIDC was refused')
  const query = new URLSearchParams({ error: signInError(error), ...(back && { callbackUrl: safePath(back) }) })
  return redirect(`/sign-in?${query}`, [setCookie('oidc', '', 0)])
}

/** The checks and the counting of every other route, around one that sends the browser somewhere. */
async function serve(request: Request, send: () => Promise<Response>): Promise<Response> {
  const startedAt = performance.now()
  const finish = (response: Response): Response => {
    countAnswer('oidc', response.status, (performance.now() - startedAt) / 1000)
    return response
  }
  try {
    checkHost(request.headers)
    return finish(await send())
  } catch (error) {
    return finish(answerError(error, randomUUID()))
  }
}

/** Sends the browser to the provider. */
export const beginOidc = (request: Request): Promise<Response> =>
  serve(request, async () => {
    const { searchParams, pathname, search } = new URL(request.url)
    // The provider sends people back to our one address, where a cookie of another name of this machine does not come.
    const ours = new URL(settings().url)
    if (new URL(`http://${request.headers.get('host')}`).hostname !== ours.hostname) return redirect(`${ours.origin}${pathname}${search}`)
    const back = searchParams.get('callbackUrl')
    try {
      const { location, cookie } = await beginSignIn(back)
      return redirect(location, [setCookie('oidc', cookie, pendingSeconds)])
    } catch (error) {
      return backToSignIn(error, back, request)
    }
  })

/** What the provider sends the browser back to. */
export const endOidc = (request: Request): Promise<Response> =>
  serve(request, async () => {
    const from = {
      address: request.headers.get('x-portolan-address') ?? 'unknown',
      userAgent: request.headers.get('user-agent') ?? '',
    }
    try {
      const { session, back } = await endSignIn(new URL(request.url).search, readCookie(request.headers, cookieName('oidc')), from)
      const maxAge = settings().sessionHours * 3600
      const sealed = await encode({ token: { sid: session }, secret: cookieSecret(), maxAge })
      return redirect(back, [setCookie('oidc', '', 0), setCookie('session', sealed, maxAge)])
    } catch (error) {
      return backToSignIn(error, null, request)
    }
  })
