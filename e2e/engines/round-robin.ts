import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'

export interface RoundRobin {
  port: number
  /** Breaks every open socket for which `chosen` answers true, as a lost network does. */
  cut(chosen?: () => boolean): void
  close(): void
}

/** Names the web that a request is to go to, by its place; without it they take turns. */
export const toWeb = 'x-test-web'

/** A proxy that knows nothing of sessions: every request and every socket goes to the next web. */
export async function roundRobin(ports: readonly number[]): Promise<RoundRobin> {
  let turn = 0
  const portFor = (wanted: string | string[] | undefined) => ports[wanted === undefined ? turn++ % ports.length : Number(wanted)]!
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request
    const onward = ask({ host: '127.0.0.1', port: portFor(headers[toWeb]), method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()))
    request.pipe(onward)
  })
  const sockets = new Set<Socket>()
  server.on('upgrade', (request, socket: Socket, head) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const onward = connect(portFor(request.headers[toWeb]), '127.0.0.1', () => {
      const lines = request.rawHeaders.flatMap((name, at) => (at % 2 ? [] : [`${name}: ${request.rawHeaders[at + 1]}`]))
      onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut(chosen = () => true) {
      for (const socket of sockets) if (chosen()) socket.resetAndDestroy()
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
