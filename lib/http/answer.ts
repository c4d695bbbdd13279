import { isAppError, statusOf, toWire } from '../errors/index.ts'
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
export function answerError(error: unknown, requestId: string): Response {
  const wire = toWire(error, requestId)
  const headers = headersFor(requestId)
  if (isAppError(error) && error.retryAfterSeconds !== undefined) headers['Retry-After'] = String(Math.ceil(error.retryAfterSeconds))
  return Response.json({ error: wire }, { status: statusOf(wire.code), headers })
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
