import { postAuth } from '#components/shell/session.ts'

/** How a try to sign in ended. `seconds` until the next try is allowed. */
export type SignInOutcome = { is: 'in' } | { is: 'wrong' } | { is: 'unavailable' } | { is: 'waiting'; seconds: number }

/** Reads what next-auth carries in its address: `unauthenticated`, `rate_limited:42`, `unavailable:2`. */
export function outcomeOf(error: string | null): SignInOutcome {
  if (!error) return { is: 'in' }
  const [code, seconds] = error.split(':')
  if (code === 'rate_limited') return { is: 'waiting', seconds: Number(seconds) || 60 }
  return code === 'unauthenticated' || code === 'CredentialsSignin' ? { is: 'wrong' } : { is: 'unavailable' }
}

/** Throws `unavailable` when nobody answers, or the database does not. */
export async function signIn(login: string, password: string): Promise<SignInOutcome> {
  const response = await postAuth('/api/auth/callback/credentials', { login, password, callbackUrl: '/' })
  const { url } = (await response.json()) as { url: string }
  return outcomeOf(new URL(url, location.origin).searchParams.get('error'))
}
