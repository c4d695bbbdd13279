import { AppError, errorTable, type WireError } from '../errors/index.ts'
import { leadToSignIn } from './sign-in.ts'

export interface ApiOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal
  /** The same key twice does the thing once: make one when the person presses, keep it for retries. */
  idempotencyKey?: string
}

/**
 * Asks Portolan's own API: `api<Activity>('/api/activities/…')`. Answers the parsed JSON, `undefined` for 204.
 * Throws AppError built from the wire form; no network is `unavailable` with the reason `portolan-unreachable`.
 * A 401 also leads to the sign-in page, which comes back to this place.
 */
export async function api<T>(path: string, options: ApiOptions = {}): Promise<T> {
  const response = await request(path, options)
  if (response.ok) return response.status === 204 ? (undefined as T) : ((await readJson(response)) as T)
  const error = await errorOf(response)
  if (error.code === 'unauthenticated') leadToSignIn()
  throw error
}

/** What an answer that is not `ok` says. */
export const errorOf = async (response: Response): Promise<AppError> => fromWire(await wireOf(response))

async function request(path: string, { method = 'GET', body, signal, idempotencyKey }: ApiOptions): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey)
  try {
    return await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal, cache: 'no-store' })
  } catch (cause) {
    // Who cancels knows it; everything else that fetch throws is the network.
    if (signal?.aborted) throw cause
    throw unreachable(cause)
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (cause) {
    throw unreachable(cause)
  }
}

/** A proxy in between answers with pages of its own: its status is then all there is to go by. */
async function wireOf(response: Response): Promise<WireError> {
  const body = (await response.json().catch(() => null)) as { error?: WireError } | null
  if (body?.error && body.error.code in errorTable) return body.error
  const code = response.status === 401 ? 'unauthenticated' : response.status === 413 ? 'too_large' : 'unavailable'
  return {
    code,
    message: `Portolan's address answered ${response.status} ${response.statusText}.`,
    reason: { code: 'portolan-answered', params: { status: response.status } },
  }
}

/** An error as the wire tells it, thrown as our own; the request's id stays in `details` when there is nothing else. */
export const fromWire = (wire: WireError): AppError =>
  new AppError(wire.code, wire.message, {
    reason: wire.reason,
    details: wire.details ?? (wire.requestId ? { requestId: wire.requestId } : undefined),
  })

export const unreachable = (cause?: unknown): AppError =>
  new AppError('unavailable', 'Portolan does not answer. Check the network, or whether it is running.', {
    reason: { code: 'portolan-unreachable' },
    cause,
  })
