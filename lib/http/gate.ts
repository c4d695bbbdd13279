import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors/index.ts'
import { endpoints } from '../operations/index.ts'
import { bodyLimits, tooLarge } from './body.ts'
import { checkHost } from './origin.ts'

/** Browsers send about 20, and proxies some more. */
const mostHeaders = 100

/** Longer than any of ours, and short enough that nobody who takes an address apart takes long. */
const longestTarget = 16 * 1024
const mostParameters = 100

/** What signs people in: protocols of their own behind lib/http/next-auth.ts and lib/http/oidc.ts. */
const signIn = '/api/auth/'
/** What pages are read by; POST is how a form is sent where no script runs. */
const pageMethods = ['GET', 'HEAD', 'POST']

const methodsByPath = Map.groupBy(endpoints, ({ path }) => path)
/** `{` stands behind every letter: of two templates that fit, the one that says more comes first. */
const templates = [...methodsByPath]
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([path, all]) => ({
    parts: path.split('/'),
    methods: all.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  }))

/** What can be done at a path of the API; undefined where there is nothing. */
function methodsAt(path: string): readonly string[] | undefined {
  if (path.startsWith(signIn)) return ['GET', 'HEAD', 'POST']
  const given = path.split('/')
  const fits = (part: string, index: number) => (part.startsWith('{') ? given[index] !== '' : part === given[index])
  return templates.find(({ parts }) => parts.length === given.length && parts.every(fits))?.methods
}

const isApi = (target: string): boolean => target.startsWith('/api/')

const isDots = (segment: string): boolean => segment === '.' || segment === '..'

/** A path as every browser and program writes it: whoever stands before us and whoever stands behind read it alike. */
function isPlainPath(path: string): boolean {
  if (!/^\/[\x21-\x7e]*$/.test(path) || /\/\/|[\\#]/.test(path)) return false
  try {
    return (
      path
        .split('/')
        .map(decodeURIComponent)
        // oxlint-disable-next-line no-control-regex -- they are what is looked for
        .every((segment) => !isDots(segment) && !/[\0-\x1f\x7f]/.test(segment))
    )
  } catch {
    // Encoded otherwise than in UTF-8, or not at all.
    return false
  }
}

/**
 * What holds for every request, whatever it asks for, and is asked before anything else reads it. Throws
 * `headers_too_large`; `invalid_input` for a target that is no plain path, and for other than one Host; `not_found` and
 * `unknown_method`; `too_large` for a body that says so itself; `forbidden` for a page under another Host, which routes
 * ask for themselves.
 */
export function checkRequest({ url = '', method = '', rawHeaders, headers }: IncomingMessage): void {
  if (rawHeaders.length > 2 * mostHeaders) throw new AppError('headers_too_large', `A request may have ${mostHeaders} headers.`)
  if (url.length > longestTarget || url.split('&', mostParameters + 1).length > mostParameters)
    throw new AppError('headers_too_large', `An address may have ${longestTarget} characters, and ${mostParameters} parameters.`)
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length !== 1) throw new AppError('invalid_input', 'A request names one Host.')
  const [path = ''] = url.split('?', 1)
  if (!isPlainPath(path)) throw new AppError('invalid_input', 'The address is not a plain path.')
  const methods = isApi(path) ? methodsAt(path) : pageMethods
  if (!methods)
    throw new AppError('not_found', 'There is no such address. /api/openapi.json names them all.', { reason: { code: 'nothing_here' } })
  if (!methods.includes(method)) throw new AppError('unknown_method', `${methods.join(', ')} can be done here.`, { allow: methods })
  if (Number(headers['content-length'] ?? 0) > bodyLimits.maxBytes) throw tooLarge(bodyLimits)
  if (isApi(path)) return
  // Next keeps all of what comes before it asks a page, which reads none of it.
  if (headers['transfer-encoding'] !== undefined) throw new AppError('invalid_input', 'A form says how long it is.')
  checkHost(new Headers({ host: headers.host ?? '' }))
}

/** What an error of Node's own parser means. */
export function requestError({ code }: { code?: string }): AppError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('request_timeout', 'The request did not arrive in time.')
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError('headers_too_large', 'The headers of a request are too large.')
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return tooLarge(bodyLimits)
  return new AppError('invalid_input', 'That is no HTTP request.')
}
