import { AppError, isAppError, type ErrorCode } from '../../errors/index.ts'
import type { Reason } from '../../model/reason.ts'

/** What Node says when a connection cannot be made or breaks. */
export interface NodeFailure extends Error {
  code?: string
  cert?: { subject?: { CN?: string }; subjectaltname?: string }
  reason?: string
}

export type Sentence = [code: ErrorCode, message: string, reason: Reason]

/** Where a connection goes, for people. */
export interface Place {
  address: string
  /** The name that is looked up, and that the certificate must be for. */
  host: string
}

const unknownAuthority = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])

/** What is wrong with TLS; null when it is not that. `identified` says whether a client certificate was shown. */
export function describeTls(error: NodeFailure, { address, host }: Place, identified: boolean): Sentence | null {
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
    return ['engine_failed', `${address} does not speak TLS.`, { code: 'speaks-no-tls', params: { address } }]
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

/** What is wrong with the way there; anything else is a connection that broke. */
export function describeNetwork(error: NodeFailure, { address, host }: Place): Sentence {
  const params = { address }
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return ['engine_unreachable', `The name ${host} was not found.`, { code: 'name-not-found', params: { host } }]
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

/** Anything thrown as an AppError, in the words of `describe`. */
export function inWords(failure: unknown, describe: (error: NodeFailure) => Sentence): AppError {
  if (isAppError(failure)) return failure
  const [code, message, reason] = describe(failure as NodeFailure)
  return new AppError(code, message, { reason, cause: failure })
}

export function timedOut(address: string, waitedMs: number): AppError {
  const seconds = Math.round(waitedMs / 100) / 10
  return new AppError('engine_timeout', `${address} did not answer in ${seconds} s.`, {
    reason: { code: 'no-answer-in-time', params: { address, seconds } },
  })
}

export function tooLarge(longestBytes: number): AppError {
  const mebibytes = Math.ceil(longestBytes / 2 ** 20)
  return new AppError('engine_failed', `The engine's answer is larger than ${mebibytes} MiB.`, {
    reason: { code: 'engine-answer-too-large', params: { mebibytes } },
  })
}

/** What came back instead of what was asked for. */
export interface Refusal {
  status: number
  /** The words behind the status. */
  statusText: string
  contentType: string
  body: string
  /** Seconds, as Retry-After has them. */
  retryAfter: number | undefined
}

/**
 * What may be told of an answer that may be anybody's: no word of its body, for a connection that is tried must not be a
 * way to read what only this server reaches.
 */
export const answeredAs = ({ status, statusText, contentType }: Refusal): string =>
  [`${status} ${statusText.slice(0, 100)}`.trim(), contentType.slice(0, 100)].filter(Boolean).join(', ')
