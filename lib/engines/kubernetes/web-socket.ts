import { once } from 'node:events'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type https from 'node:https'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocket } from 'ws'
import type { AppError } from '../../errors/index.ts'
import type { Refusal } from '../common/failures.ts'

/** The API server sends what a program wrote in pieces of 32 KiB. */
const longestMessage = 2 ** 20
/** Of a refusal's body, enough for its words. */
const longestRefusal = 64 * 2 ** 10
/** What is written and not taken by the network yet. */
const mostUnsent = 64 * 2 ** 10

interface Asked {
  tls: boolean
  options: https.RequestOptions
  headers?: OutgoingHttpHeaders
  path: string
  protocol: string
  timeoutMs: number
}

/** Opens one; `signal` ends the opening only. Throws what `refused` makes of an answer that is none, and failures as they are. */
export async function openWebSocket(asked: Asked, refused: (refusal: Refusal) => AppError, signal: AbortSignal): Promise<Duplex> {
  const { tls, options, headers, path, protocol, timeoutMs } = asked
  const { port } = options
  const host = options.host ?? ''
  const url = `${tls ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`
  const limits = { handshakeTimeout: timeoutMs, maxPayload: longestMessage, perMessageDeflate: false }
  const socket = new WebSocket(url, [protocol], { ...options, headers: headers as Record<string, string>, ...limits })
  // Failures are told to whoever waits or reads; without a listener they would end this process.
  socket.on('error', () => undefined)
  const over = new AbortController()
  const giveUp = () => socket.terminate()
  signal.addEventListener('abort', giveUp)
  try {
    const answer = once(socket, 'unexpected-response', { signal: over.signal })
    answer.catch(() => undefined)
    const response = await Promise.race([
      once(socket, 'open', { signal: over.signal }).then(() => null),
      answer.then((given) => given[1] as IncomingMessage),
    ])
    if (response) throw refused(await refusalOf(response))
    return createWebSocketStream(socket, { readableObjectMode: true, writableHighWaterMark: mostUnsent })
  } catch (failure) {
    socket.terminate()
    throw failure
  } finally {
    over.abort()
    signal.removeEventListener('abort', giveUp)
  }
}

async function refusalOf(response: IncomingMessage): Promise<Refusal> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > longestRefusal) break
  }
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = response
  return {
    status,
    statusText,
    contentType: headers['content-type'] ?? '',
    body: Buffer.concat(chunks).toString('utf8'),
    retryAfter: undefined,
  }
}
