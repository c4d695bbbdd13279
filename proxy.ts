import { NextResponse, type NextRequest } from 'next/server'

/** Request headers for the pages: the nonce of this answer, and the path that was asked for. */
const nonceHeader = 'x-nonce'
const pathHeader = 'x-path'

/** Every page gets a policy with a nonce of its own; what has none does not run. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = policyFor(nonce, request.headers.get('host') ?? '')
  const headers = new Headers(request.headers)
  headers.set(nonceHeader, nonce)
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  // Next reads the nonce from the request's policy and puts it on its own scripts and styles.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of securityHeaders) response.headers.set(name, value)
  // The address of this one page is a secret: nothing it loads may learn it.
  if (request.nextUrl.pathname === '/setup') response.headers.set('referrer-policy', 'no-referrer')
  return response
}

const securityHeaders = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
] as const

function policyFor(nonce: string, host: string): string {
  // Reloading in development evaluates code and writes styles without a nonce.
  const developing = process.env.NODE_ENV === 'development'
  // Not every browser takes the socket of the same host for 'self'.
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : ''
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' ${developing ? `'unsafe-inline'` : `'nonce-${nonce}'`}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'${sockets}`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ')
}

// The API answers with headers of its own, see lib/http; built files are the same for everybody.
export const config = { matcher: ['/((?!api/|_next/static|_next/image|icon.svg).*)'] }
