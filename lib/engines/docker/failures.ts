import { userInfo } from 'node:os'
import { AppError, isAppError, type ErrorCode } from '../../errors/index.ts'
import type { Reason } from '../../model/reason.ts'
import { addressOf, type DockerSettings } from './address.ts'
import { hideInWords } from '../common/secrets.ts'

/** What Node says when a connection cannot be made or breaks. */
interface NodeFailure extends Error {
  code?: string
  host?: string
  cert?: { subject?: { CN?: string }; subjectaltname?: string; valid_to?: string; valid_from?: string }
  reason?: string
}

const unknownAuthority = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])

type Sentence = [code: ErrorCode, message: string, reason: Reason]

/**
 * A failure of the connection in words: what happened, where, and what to do. Anything thrown becomes an AppError.
 * `identified` says whether a client certificate was shown.
 */
export function translateFailure(failure: unknown, settings: DockerSettings, identified: boolean): AppError {
  if (isAppError(failure)) return failure
  const error = failure as NodeFailure
  const [code, message, reason] =
    describeSocket(error, settings) ?? describeTls(error, settings, identified) ?? describeNetwork(error, settings)
  return new AppError(code, message, { reason, cause: failure })
}

function describeSocket(error: NodeFailure, settings: DockerSettings): Sentence | null {
  if (settings.transport !== 'socket') return null
  const { path } = settings
  switch (error.code) {
    case 'ENOENT':
      return ['engine_unreachable', `There is no socket at ${path}.`, { code: 'socket-missing', params: { path } }]
    case 'ECONNREFUSED':
      return ['engine_unreachable', `Nothing listens on ${path}: Docker is not running.`, { code: 'socket-refused', params: { path } }]
    case 'EACCES':
    case 'EPERM': {
      const user = userInfo().username
      const message = `Portolan runs as ${user} and may not open ${path}. Add ${user} to the group that owns the socket, usually docker, and start Portolan again.`
      return ['engine_denied', message, { code: 'socket-permission', params: { path, user } }]
    }
    case 'ENOTSOCK':
    case 'EPROTOTYPE':
      return ['invalid_input', `${path} is not a socket.`, { code: 'not-a-socket', params: { path } }]
    default:
      return null
  }
}

function describeTls(error: NodeFailure, settings: DockerSettings, identified: boolean): Sentence | null {
  if (settings.transport !== 'tls') return null
  const host = settings.serverName ?? settings.host
  const words = error.message
  if (error.code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const names = error.cert?.subjectaltname?.replaceAll(/DNS:|IP Address:/g, '') ?? error.cert?.subject?.CN ?? '?'
    return [
      'engine_denied',
      `The certificate is for ${names}, not for ${host}.`,
      { code: 'certificate-other-name', params: { host, names } },
    ]
  }
  if (error.code === 'CERT_HAS_EXPIRED')
    return ['engine_denied', `The certificate of ${host} has expired.`, { code: 'certificate-expired', params: { host } }]
  if (error.code === 'CERT_NOT_YET_VALID')
    return ['engine_denied', `The certificate of ${host} is not valid yet.`, { code: 'certificate-not-yet-valid', params: { host } }]
  if (unknownAuthority.has(error.code ?? ''))
    return [
      'engine_denied',
      `The certificate of ${host} was issued by an authority that is not trusted here.`,
      { code: 'certificate-unknown-authority', params: { host } },
    ]
  if (/wrong version number|packet length too long|unexpected message/i.test(words))
    return [
      'engine_failed',
      `${addressOf(settings)} does not speak TLS.`,
      { code: 'speaks-no-tls', params: { address: addressOf(settings) } },
    ]
  // "bad certificate" is also how Go's TLS says that none came.
  if (/alert (bad certificate|unknown ca|certificate|unsupported)/i.test(words))
    return identified
      ? [
          'engine_denied',
          `${host} refuses the client certificate.`,
          { code: 'client-certificate-refused', params: { host }, words: error.reason },
        ]
      : ['engine_denied', `${host} asks for a client certificate.`, { code: 'client-certificate-required', params: { host } }]
  if (error.code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
    return ['invalid_input', 'The client certificate and the key do not belong together.', { code: 'certificate-key-mismatch' }]
  if (error.code?.startsWith('ERR_OSSL_'))
    return ['invalid_input', 'A certificate or the key cannot be read.', { code: 'certificate-unreadable', words: error.reason }]
  return null
}

function describeNetwork(error: NodeFailure, settings: DockerSettings): Sentence {
  const address = addressOf(settings)
  const params = { address }
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN': {
      const host = settings.transport === 'socket' ? settings.path : settings.host
      return ['engine_unreachable', `The name ${host} was not found.`, { code: 'name-not-found', params: { host } }]
    }
    case 'ECONNREFUSED':
      return ['engine_unreachable', `${address} refused the connection: nothing listens there.`, { code: 'connection-refused', params }]
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return ['engine_unreachable', `There is no way to ${address} from here.`, { code: 'no-route', params }]
    case 'ETIMEDOUT':
      return ['engine_timeout', `${address} did not answer.`, { code: 'no-answer', params }]
    default:
      if (error.code?.startsWith('HPE_'))
        return ['engine_failed', `What listens on ${address} does not speak HTTP.`, { code: 'not-http', params }]
      return [
        'engine_unreachable',
        `The connection to ${address} broke: ${error.message}.`,
        { code: 'connection-broke', params, words: error.message },
      ]
  }
}

export const timedOut = (settings: DockerSettings, waitedMs: number): AppError => {
  const seconds = Math.round(waitedMs / 100) / 10
  const address = addressOf(settings)
  return new AppError('engine_timeout', `${address} did not answer in ${seconds} s.`, {
    reason: { code: 'no-answer-in-time', params: { address, seconds } },
  })
}

const codeOfStatus: Record<number, ErrorCode> = {
  304: 'conflict',
  400: 'invalid_input',
  401: 'engine_denied',
  403: 'engine_denied',
  404: 'not_found',
  409: 'conflict',
  501: 'unsupported',
}

/** What came back instead of what was asked for. */
export interface Refusal {
  status: number
  /** The words behind the status. */
  statusText: string
  contentType: string
  body: string
  /** That it is Docker who answers is known. */
  isDocker: boolean
}

/**
 * An answer that is a refusal: the engine's own words, and the code that its status stands for. Of an answer that may be
 * anybody's no word of its body is told: a connection that is tried must not be a way to read what only this server reaches.
 */
export function refusal(given: Refusal, settings: DockerSettings, fingerprint: (value: string) => string): AppError {
  const { status, body } = given
  const words = hideInWords(messageOf(body), fingerprint)
  const params = { address: addressOf(settings), status }
  if (status === 400 && /HTTP request to an HTTPS server/.test(words))
    return new AppError('engine_failed', `${addressOf(settings)} asks for TLS.`, { reason: { code: 'asks-for-tls', params } })
  const code = codeOfStatus[status] ?? 'engine_failed'
  if (!given.isDocker) return strange(given, code, settings)
  const reason: Reason = { code: status >= 500 ? 'engine-error' : 'engine-refused', params, words: words || undefined }
  return new AppError(code, words || `Docker answered ${status}.`, { reason })
}

function strange({ status, statusText, contentType }: Refusal, code: ErrorCode, settings: DockerSettings): AppError {
  const address = addressOf(settings)
  const answered = [`${status} ${statusText.slice(0, 100)}`.trim(), contentType.slice(0, 100)].filter(Boolean).join(', ')
  return new AppError(code, `What answers at ${address} does not say that it is Docker: ${answered}.`, {
    reason: { code: 'not-docker-refused', params: { address, answered } },
  })
}

function messageOf(body: string): string {
  try {
    const parsed = JSON.parse(body) as { message?: unknown }
    return typeof parsed.message === 'string' ? parsed.message.slice(0, 1000) : ''
  } catch (cause) {
    if (cause instanceof SyntaxError) return body.trimStart().startsWith('<') ? '' : body.trim().slice(0, 300)
    throw cause
  }
}

/** JSON that an engine sent. Throws engine_failed for what is none. */
export function parseJson(text: string, settings: DockerSettings): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const address = addressOf(settings)
    throw new AppError('engine_failed', `${address} sent something that is not JSON.`, {
      reason: { code: 'not-docker-other', params: { address } },
      cause,
    })
  }
}

export const notDocker = (settings: DockerSettings, found: 'html' | 'json' | 'other'): AppError =>
  new AppError('engine_failed', `What answers at ${addressOf(settings)} is not a Docker API.`, {
    reason: { code: `not-docker-${found}`, params: { address: addressOf(settings) } },
  })
