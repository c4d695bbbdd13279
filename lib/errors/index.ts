import type { Reason } from '../model/reason.ts'

/**
 * The closed set of errors. `retry` tells a caller whether the same call may go through later;
 * `show` tells the screen how to present it.
 */
export const errorTable = {
  invalid_input: { status: 400, retry: false, show: 'field' },
  unauthenticated: { status: 401, retry: false, show: 'sign-in' },
  forbidden: { status: 403, retry: false, show: 'forbidden' },
  not_found: { status: 404, retry: false, show: 'gone' },
  unknown_method: { status: 405, retry: false, show: 'message' },
  request_timeout: { status: 408, retry: false, show: 'message' },
  conflict: { status: 409, retry: false, show: 'message' },
  blocked: { status: 412, retry: false, show: 'message' },
  too_large: { status: 413, retry: false, show: 'message' },
  unsupported_type: { status: 415, retry: false, show: 'message' },
  headers_too_large: { status: 431, retry: false, show: 'message' },
  rate_limited: { status: 429, retry: true, show: 'message' },
  internal: { status: 500, retry: false, show: 'failed' },
  unsupported: { status: 501, retry: false, show: 'message' },
  engine_denied: { status: 502, retry: false, show: 'failed' },
  engine_failed: { status: 502, retry: true, show: 'failed' },
  engine_unreachable: { status: 503, retry: true, show: 'stale' },
  unavailable: { status: 503, retry: true, show: 'failed' },
  engine_timeout: { status: 504, retry: true, show: 'stale' },
} as const satisfies Record<string, { status: number; retry: boolean; show: ErrorPresentation }>

export type ErrorPresentation = 'field' | 'sign-in' | 'forbidden' | 'gone' | 'message' | 'failed' | 'stale'
export type ErrorCode = keyof typeof errorTable

/** Wire form of every error: `{ error: { code, message, reason?, details?, requestId } }`. */
export interface WireError {
  code: ErrorCode
  /** English, for people who read the API. The screen speaks from `reason` where there is one. */
  message: string
  reason?: Reason
  details?: unknown
  requestId?: string
}

// server.ts and Next bundle their own copies of this file, so a brand and not `instanceof` recognises an error.
const brand = Symbol.for('portolan.error')

export interface AppErrorOptions {
  /** What the screen says, in either language: a key under `reasons` in lib/i18n and its parameters. */
  reason?: Reason
  /** Extra data for the caller; must hold no secret. */
  details?: unknown
  cause?: unknown
  /** Seconds after which a retry makes sense; becomes Retry-After. */
  retryAfterSeconds?: number
  /** The methods that there are; becomes Allow. */
  allow?: readonly string[]
}

export class AppError extends Error {
  readonly code: ErrorCode
  readonly reason: Reason | undefined
  readonly details: unknown
  readonly retryAfterSeconds: number | undefined
  readonly allow: readonly string[] | undefined
  readonly [brand] = true

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.reason = options.reason
    this.details = options.details
    this.retryAfterSeconds = options.retryAfterSeconds
    this.allow = options.allow
  }
}

export const isAppError = (error: unknown): error is AppError => typeof error === 'object' && error !== null && brand in error

/** The wire form of any error. An unknown one becomes `internal` and leaks nothing of its message. */
export function toWire(error: unknown, requestId?: string): WireError {
  if (!isAppError(error)) return { code: 'internal', message: 'Something went wrong inside Portolan.', requestId }
  return { code: error.code, message: error.message, reason: error.reason, details: error.details, requestId }
}

/** Whole seconds for Retry-After; undefined where a retry has no time of its own. */
export const retryAfterOf = (error: unknown): number | undefined =>
  isAppError(error) && error.retryAfterSeconds !== undefined ? Math.ceil(error.retryAfterSeconds) : undefined

export const statusOf = (code: ErrorCode): number => errorTable[code].status
