import { AppError } from '#lib/errors/index.ts'

/** Signing in and out through next-auth's own addresses. */

async function csrfToken(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { cache: 'no-store' }).catch(() => null)
  if (!response?.ok) throw new AppError('unavailable', 'Portolan does not answer.', { reason: { code: 'portolan-unreachable' } })
  return ((await response.json()) as { csrfToken: string }).csrfToken
}

/** Sends a form with its token, as next-auth wants it. Throws `unavailable` when nobody answers. */
export async function postAuth(path: string, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: 'true' })
  const response = await fetch(path, { method: 'POST', body, headers: { accept: 'application/json' }, redirect: 'manual' }).catch(
    () => null,
  )
  if (!response || response.status >= 500)
    throw new AppError('unavailable', 'Portolan does not answer.', { reason: { code: 'portolan-unreachable' } })
  return response
}

/** Ends the session and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await postAuth('/api/auth/signout', { callbackUrl: '/sign-in' })
  location.assign('/sign-in')
}
