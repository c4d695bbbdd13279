/** The sign-in page that comes back to `place` (a path of ours with its query). */
export const signInPath = (place: string): string => `/sign-in?callbackUrl=${encodeURIComponent(place)}`

let leading = false

/** Who signs out goes where that leads, not where the end of a session does. Answers what takes it back. */
export function leadElsewhere(): () => void {
  leading = true
  return () => void (leading = false)
}

/** Goes to the sign-in page, once, and keeps the place. */
export function leadToSignIn(): void {
  if (typeof window === 'undefined' || leading || location.pathname === '/sign-in') return
  leading = true
  location.assign(signInPath(location.pathname + location.search))
}
