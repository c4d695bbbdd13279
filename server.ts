import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { join } from 'node:path'
import next from 'next'
import { keepOidcSessions } from './lib/access/oidc/keep.ts'
import { isAppError } from './lib/errors/index.ts'
import { pool } from './lib/database/index.ts'
import { stampAddress } from './lib/http/address.ts'
import { endWithError, sendError } from './lib/http/answer.ts'
import { compressedAssets } from './lib/http/assets.ts'
import { limitConnections } from './lib/http/connections.ts'
import { checkRequest, requestError } from './lib/http/gate.ts'
import { attachLive } from './lib/live/attach.ts'
import { log } from './lib/log.ts'
import { keepActivities } from './lib/operations/running.ts'
import { endWithSupervisor } from './lib/supervised.ts'
import { settings } from './lib/settings.ts'
import { endTerminals } from './lib/terminals/held.ts'

const { port, host, url, nodeEnv, shutdownGraceMs, headersTimeoutMs, requestTimeoutMs } = settings()

const limits = {
  headersTimeout: headersTimeoutMs,
  requestTimeout: requestTimeoutMs,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 32 * 1024,
  // Asked for by checkRequest.
  requireHostHeader: false,
  connectionsCheckingInterval: Math.min(5_000, headersTimeoutMs / 3),
}

/** What nobody may ask is refused before Next reads it. */
function refused(request: IncomingMessage, response: ServerResponse): boolean {
  try {
    checkRequest(request)
    return false
  } catch (error) {
    if (!isAppError(error)) log().error({ err: error }, 'a request could not be checked')
    sendError(response, error, !request.url?.startsWith('/api/'))
    return true
  }
}

let handle: RequestListener = (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end()
/** The last answer of each connection. */
const answers = new WeakMap<Duplex, ServerResponse>()
function serve(request: IncomingMessage, response: ServerResponse): boolean {
  answers.set(request.socket, response)
  stampAddress(request)
  return !refused(request, response)
}
const server = createServer(limits, (request, response) => {
  if (serve(request, response)) handle(request, response)
})
// As many as fit into their size, so that more than we take are refused and not left out.
server.maxHeadersCount = 0
// Who asks before sending much is told before.
server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
  if (!serve(request, response)) return
  response.writeContinue()
  handle(request, response)
})
// What Node's own parser refuses.
server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
  // Half an answer cannot be taken back.
  const answer = answers.get(socket)
  if (!socket.writable || (answer?.headersSent && !answer.writableFinished)) return socket.destroy()
  endWithError(socket, requestError(error), randomUUID())
  socket.destroySoon()
})
limitConnections(server)
server.prependListener('upgrade', (request: IncomingMessage) => stampAddress(request))
server.on('error', (error: NodeJS.ErrnoException) => {
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use by another program. Set PORT to a free one.`,
    EACCES: `This user may not listen on port ${port}. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one that is.`,
  }
  log().fatal({ err: error }, reasons[error.code ?? ''] ?? `The web server failed: ${error.message}`)
  process.exit(78)
})

const app = next({ dev: nodeEnv === 'development', dir: import.meta.dirname, hostname: host, port, httpServer: server })
await app.prepare()
const serveAsset = compressedAssets(join(import.meta.dirname, '.next/static'))
const handlePage = app.getRequestHandler()
handle = (request, response) => {
  if (!serveAsset(request, response)) void handlePage(request, response)
}
// Next reloads pages over a socket of its own.
const detachLive = attachLive(server, { leaveOthers: nodeEnv === 'development' })
const stopKeeping = keepActivities()
const stopRefreshing = keepOidcSessions()
server.listen(port, host, () => log().info({ url, host, port }, 'web is ready'))

/** Sockets are told to go, open requests may end, then the rest is cut. */
async function shutDown(): Promise<void> {
  // What runs in them ends, and why is written down, while there still are engines and a database to tell.
  await endTerminals({ code: 'terminal-holder-gone' })
  detachLive()
  stopKeeping()
  stopRefreshing()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), shutdownGraceMs)
  await closed
  clearTimeout(cut)
  await app.close()
  await pool().end()
}
endWithSupervisor(shutDown, shutdownGraceMs * 2)
