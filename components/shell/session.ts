import { errorOf, unreachable } from '#lib/client/api.ts'
import { leadElsewhere } from '#lib/client/sign-in.ts'

/** Signing in and out through next-auth's own addresses. */

async function csrfToken(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { cache: 'no-store' }).catch(() => null)
  if (!response) throw unreachable()
  if (!response.ok) throw await errorOf(response)
  return ((await response.json()) as { csrfToken: string }).csrfToken
}

/** Sends a form with its token, as next-auth wants it. Throws `unavailable` when nobody answers, or the database does not. */
export async function postAuth(path: string, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: 'true' })
  const response = await fetch(path, { method: 'POST', body, headers: { accept: 'application/json' }, redirect: 'manual' }).catch(
    () => null,
  )
  if (!response) throw unreachable()
  if (response.status >= 500) throw await errorOf(response)
  return response
}

/** Ends the session and goes to the sign-in page, by way of the provider where one vouched for it. */
export async function signOut(): Promise<void> {
  const stay = leadElsewhere()
  try {
    const response = await postAuth('/api/auth/signout', { callbackUrl: '/sign-in' })
    location.assign(((await response.json()) as { url: string }).url)
  } catch (error) {
    stay()
    throw error
  }
}
