import { bearerIn } from '../access/token-text.ts'
import { AppError } from '../errors/index.ts'
import { settings } from '../settings.ts'

const isLoopbackName = (name: string): boolean => name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)

function parseOrigin(origin: string): URL | null {
  return URL.canParse(origin) ? new URL(origin) : null
}

/** Equal origins; the names of loopback are one, since none of them can be anybody else's. */
function isSameOrigin(given: URL | null, allowed: URL): boolean {
  if (!given || given.protocol !== allowed.protocol || given.port !== allowed.port) return false
  return given.hostname === allowed.hostname || (isLoopbackName(given.hostname) && isLoopbackName(allowed.hostname))
}

function refuse(code: 'host_refused' | 'origin_refused', given: string, url: string): never {
  throw new AppError(
    'forbidden',
    `${given || 'A caller without an address'} is not how Portolan is reached: ${url} is. Set PORTOLAN_URL to change that.`,
    {
      reason: { code, params: { given: given.slice(0, 200), url } },
    },
  )
}

/** Refuses a Host that is not ours: a name somebody else points at this machine. Throws `forbidden`. */
export function checkHost(headers: Headers, url: string = settings().url): void {
  const host = headers.get('host') ?? ''
  const allowed = new URL(url)
  if (!isSameOrigin(parseOrigin(`${allowed.protocol}//${host}`), allowed)) refuse('host_refused', host, url)
}

/** Whether the request names this machine by a name that no other can have. */
export const namesLoopback = (headers: Headers): boolean => {
  const host = parseOrigin(`http://${headers.get('host') ?? ''}`)
  return host !== null && isLoopbackName(host.hostname)
}

/**
 * Refuses what another site's page could have sent: for everything that changes state, and for the socket's upgrade.
 * Every browser sends Origin with those, so its absence is a refusal too, but for who shows an API token: no page of
 * another site has one, and a cookie beside it is not looked at. Throws `forbidden`.
 */
export function checkOrigin(headers: Headers, url: string = settings().url): void {
  checkHost(headers, url)
  const origin = headers.get('origin') ?? ''
  if (origin === '' && bearerIn(headers) !== null) return
  if (!isSameOrigin(parseOrigin(origin), new URL(url))) refuse('origin_refused', origin, url)
  const site = headers.get('sec-fetch-site')
  if (site && site !== 'same-origin') refuse('origin_refused', `${origin} (${site})`, url)
}
