import { z } from 'zod'
import { fingerprint } from '../../access/secrets.ts'
import { AppError, isAppError, type ErrorCode } from '../../errors/index.ts'
import type { Reason } from '../../model/reason.ts'
import { answeredAs, describeNetwork, describeTls, inWords, type Refusal } from '../common/failures.ts'
import { hideInWords } from '../common/secrets.ts'

/** Whoever asks for later is asked again by then, however long the server would like. */
const longestRetryAfterSeconds = 60

export interface Server {
  address: string
  /** Of the address. */
  host: string
  /** What its certificate must be for. */
  name: string
  /** A client certificate is shown. */
  identified: boolean
}

/** A failure of the connection in words. */
export const translateFailure = (failure: unknown, { address, host, name, identified }: Server): AppError =>
  inWords(failure, (error) => describeTls(error, { address, host: name }, identified) ?? describeNetwork(error, { address, host }))

const text = z.string().catch('')
/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export const Status = z.object({
  kind: z.literal('Status'),
  message: text,
  reason: text,
  code: z.number().catch(0),
  details: z
    .object({
      causes: z.array(z.object({ reason: text, message: text, field: text })).catch([]),
      retryAfterSeconds: z.number().min(0).optional().catch(undefined),
    })
    .catch({ causes: [] }),
})
export type Status = z.infer<typeof Status>

const parseStatus = (body: string): Status | null => {
  try {
    return Status.safeParse(JSON.parse(body)).data ?? null
  } catch (cause) {
    if (cause instanceof SyntaxError) return null
    throw cause
  }
}

const codeOfStatus: Record<number, ErrorCode> = {
  400: 'invalid_input',
  401: 'engine_denied',
  403: 'engine_denied',
  404: 'not_found',
  405: 'unsupported',
  409: 'conflict',
  422: 'invalid_input',
}

/** An answer that is a refusal. Only a Status is the API's own word; anything else may be anybody's. */
export function refusal(given: Refusal, { address }: Server): AppError {
  const status = parseStatus(given.body)
  if (status) return statusError({ ...status, code: given.status }, address, given.retryAfter)
  const answered = answeredAs(given)
  return new AppError(codeOfStatus[given.status] ?? 'engine_failed', `What answers at ${address} is not a Kubernetes API: ${answered}.`, {
    reason: { code: 'not-kubernetes-refused', params: { address, answered } },
  })
}

/** What a Status says, in words; its own are told verbatim. */
export function statusError(status: Status, address: string, retryAfter = status.details.retryAfterSeconds): AppError {
  const { causes } = status.details
  const words = hideInWords(status.message.slice(0, 1_000), fingerprint) || undefined
  const params = { address, status: status.code }
  const fail = (code: ErrorCode, reason: Reason, more: { details?: unknown } = {}) =>
    new AppError(code, words ?? `${address} answered ${status.code}.`, {
      reason: { ...reason, ...(words && { words }) },
      ...(retryAfter !== undefined && { retryAfterSeconds: Math.min(retryAfter, longestRetryAfterSeconds) }),
      ...more,
    })
  if (status.code === 410 || causes.some(({ reason }) => reason === 'ResourceVersionTooLarge'))
    return fail('engine_failed', { code: 'resource-version-expired' })
  if (causes.some(({ reason }) => reason === 'DisruptionBudget')) return fail('blocked', { code: 'disruption-budget' })
  switch (status.code) {
    case 401:
      return fail('engine_denied', { code: 'credentials-refused', params: { address } })
    case 403: {
      const [, user] = /User "([^"]+)"/.exec(status.message) ?? []
      return fail('engine_denied', user ? { code: 'api-forbidden', params: { user } } : { code: 'api-forbidden-somehow' })
    }
    case 404:
      return fail('not_found', { code: 'api-has-none' })
    case 409:
      return fail('conflict', { code: status.reason === 'AlreadyExists' ? 'exists-already' : 'changed-meanwhile' })
    case 422:
      return fail('invalid_input', { code: 'api-invalid' }, { details: { causes: causes.slice(0, 20) } })
    case 429:
    case 503:
      return fail('engine_failed', { code: 'api-busy', params })
    default:
      return fail(codeOfStatus[status.code] ?? 'engine_failed', { code: status.code >= 500 ? 'api-failed' : 'api-refused', params })
  }
}

/** The version that a list or a watch should go on from is gone; only a new list helps. */
export const isExpired = (failure: unknown): boolean => isAppError(failure) && failure.reason?.code === 'resource-version-expired'

export const isForbidden = (failure: unknown): boolean => isAppError(failure) && !!failure.reason?.code.startsWith('api-forbidden')

/** `found` is what came instead, in a word. */
export const notKubernetes = (address: string, found: 'html' | 'json' | 'other'): AppError =>
  new AppError('engine_failed', `What answers at ${address} is not a Kubernetes API.`, {
    reason: { code: `not-kubernetes-${found}`, params: { address } },
  })
