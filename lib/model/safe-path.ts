/** Where to go after signing in: a path of ours and nothing else, or an address could lead anywhere. */
export function safePath(wanted: string | null | undefined): string {
  if (!wanted) return '/'
  const ours = 'https://portolan.invalid'
  const target = URL.canParse(wanted, ours) ? new URL(wanted, ours) : null
  if (!target || target.origin !== ours || !wanted.startsWith('/') || target.pathname === '/sign-in') return '/'
  return target.pathname + target.search
}
