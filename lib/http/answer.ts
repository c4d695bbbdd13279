import { randomUUID } from 'node:crypto'
import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { isAppError, retryAfterOf, statusOf, toWire } from '../errors/index.ts'
import type { Download } from '../operations/download.ts'

/** Nothing of ours may be kept by a cache: every answer depends on who asks and when. */
const headersFor = (requestId: string): Record<string, string> => ({
  'Cache-Control': 'no-store',
  'X-Request-Id': requestId,
  'X-Content-Type-Options': 'nosniff',
  // Data is for scripts of our own pages: no other site may embed it, and opened by itself it runs nothing.
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
})

export const answerJson = (body: unknown, status: number, requestId: string): Response =>
  body === undefined
    ? new Response(null, { status: 204, headers: headersFor(requestId) })
    : Response.json(body, { status, headers: headersFor(requestId) })

/** Any error in its wire form; the status is its code's. */
function partsOf(error: unknown, requestId: string): { status: number; headers: Record<string, string>; body: string } {
  const wire = toWire(error, requestId)
  const retryAfter = retryAfterOf(error)
  const allow = isAppError(error) ? error.allow : undefined
  return {
    status: statusOf(wire.code),
    headers: {
      ...headersFor(requestId),
      'Content-Type': 'application/json',
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...(allow && { Allow: allow.join(', ') }),
    },
    body: JSON.stringify({ error: wire }),
  }
}

export function answerError(error: unknown, requestId: string): Response {
  const { body, ...init } = partsOf(error, requestId)
  return new Response(body, init)
}

/** The same where there is no route: from the server itself. A page's address says it in words alone, for people. */
export function sendError(response: ServerResponse, error: unknown, toPeople: boolean): void {
  const { status, headers, body } = partsOf(error, randomUUID())
  if (toPeople) response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${toWire(error).message}\n`)
  else response.writeHead(status, headers).end(body)
}

/** The same where there is no answer yet to write it to: an upgrade, or what is no request. */
export function endWithError(stream: Duplex, error: unknown, requestId: string): void {
  const { status, headers, body } = partsOf(error, requestId)
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' }).map((pair) =>
    pair.join(': '),
  )
  stream.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'))
}

/** Streams a download. Its first chunk is waited for, so that an early failure is still an error and not a torn file. */
export async function answerDownload(download: Download, requestId: string): Promise<Response> {
  const chunks = download.chunks[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  let next: IteratorResult<string> | null = await chunks.next()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = next ?? (await chunks.next())
      next = null
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await chunks.return?.()
    },
  })
  const headers: Record<string, string> = { ...headersFor(requestId), 'Content-Type': download.contentType }
  if (download.fileName) headers['Content-Disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(download.fileName)}`
  return new Response(body, { headers })
}

/**
 * The answer to HEAD. Next answers it by the handler of GET and leaves its body unread: a download would hold its engine
 * for ever.
 */
export async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel()
  return new Response(null, { status: response.status, headers: response.headers })
}
