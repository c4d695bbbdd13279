import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { isAppError, statusOf, toWire } from './lib/errors/index.ts'
import { pool } from './lib/database/index.ts'
import { stampAddress } from './lib/http/address.ts'
import { compressedAssets } from './lib/http/assets.ts'
import { checkHost } from './lib/http/origin.ts'
import { attachLive } from './lib/live/attach.ts'
import { log } from './lib/log.ts'
import { keepActivities } from './lib/operations/running.ts'
import { endWithSupervisor } from './lib/supervised.ts'
import { settings } from './lib/settings.ts'
import { endTerminals } from './lib/terminals/held.ts'

const { port, host, url, nodeEnv, shutdownGraceMs } = settings()

const limits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 32 * 1024,
  connectionsCheckingInterval: 5_000,
}

/** A name that somebody else points at this machine gets no page. Routes under /api ask for themselves. */
function refuseForeignHost(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.url?.startsWith('/api/')) return false
  try {
    checkHost(new Headers({ host: request.headers.host ?? '' }))
    return false
  } catch (error) {
    if (!isAppError(error)) throw error
    const wire = toWire(error)
    response.writeHead(statusOf(wire.code), { 'content-type': 'text/plain; charset=utf-8' }).end(`${wire.message}\n`)
    return true
  }
}

let handle: RequestListener = (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end()
const server = createServer(limits, (request, response) => {
  stampAddress(request)
  if (!refuseForeignHost(request, response)) handle(request, response)
})
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
server.listen(port, host, () => log().info({ url, host, port }, 'web is ready'))

/** Sockets are told to go, open requests may end, then the rest is cut. */
async function shutDown(): Promise<void> {
  // What runs in them ends, and why is written down, while there still are engines and a database to tell.
  await endTerminals({ code: 'terminal-holder-gone' })
  detachLive()
  stopKeeping()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), shutdownGraceMs)
  await closed
  clearTimeout(cut)
  await app.close()
  await pool().end()
}
endWithSupervisor(shutDown, shutdownGraceMs * 2)
