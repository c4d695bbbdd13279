import { userInfo } from 'node:os'
import { AppError, type ErrorCode } from '../../errors/index.ts'
import type { Reason } from '../../model/reason.ts'
import { answeredAs, describeNetwork, describeTls, inWords, type NodeFailure, type Refusal, type Sentence } from '../common/failures.ts'
import { hideInWords } from '../common/secrets.ts'
import { addressOf, type DockerSettings } from './address.ts'

/**
 * A failure of the connection in words: what happened, where, and what to do. Anything thrown becomes an AppError.
 * `identified` says whether a client certificate was shown.
 */
export function translateFailure(failure: unknown, settings: DockerSettings, identified: boolean): AppError {
  const address = addressOf(settings)
  return inWords(failure, (error) => {
    if (settings.transport === 'socket') return describeSocket(error, settings) ?? describeNetwork(error, { address, host: settings.path })
    const tls = settings.transport === 'tls' && describeTls(error, { address, host: settings.serverName ?? settings.host }, identified)
    return tls || describeNetwork(error, { address, host: settings.host })
  })
}

function describeSocket(error: NodeFailure, { path }: { path: string }): Sentence | null {
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

const codeOfStatus: Record<number, ErrorCode> = {
  304: 'conflict',
  400: 'invalid_input',
  401: 'engine_denied',
  403: 'engine_denied',
  404: 'not_found',
  409: 'conflict',
  501: 'unsupported',
}

/** An answer that is a refusal. */
export interface DockerRefusal extends Refusal {
  /** That it is Docker who answers is known. */
  isDocker: boolean
}

/**
 * An answer that is a refusal: the engine's own words, and the code that its status stands for. Of an answer that may be
 * anybody's no word of its body is told: a connection that is tried must not be a way to read what only this server reaches.
 */
export function refusal(given: DockerRefusal, settings: DockerSettings, fingerprint: (value: string) => string): AppError {
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

function strange(given: Refusal, code: ErrorCode, settings: DockerSettings): AppError {
  const address = addressOf(settings)
  const answered = answeredAs(given)
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
