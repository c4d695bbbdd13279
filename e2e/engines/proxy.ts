import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Proxy {
  host: string
  port: number
  /** Breaks every connection, as a lost network does; new ones are taken again. */
  cut(): void
  /** Lets nothing pass any more in either direction, without breaking anything. */
  stall(): void
  /** Lets everything pass again; what was open and stalled is broken, for some of it was lost. */
  resume(): void
  close(): Promise<void>
}

/** TCP in front of a unix socket or of a port of this machine, that a test can break. */
export async function proxyTo(target: string | number): Promise<Proxy> {
  const open = new Set<Socket>()
  let stalled = false
  const server = createServer((client) => {
    const onward = typeof target === 'string' ? connect(target) : connect(target, '127.0.0.1')
    for (const [from, to] of [
      [client, onward],
      [onward, client],
    ] as const) {
      open.add(from)
      from.on('data', (chunk) => !stalled && to.write(chunk))
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    cut,
    stall: () => void (stalled = true),
    resume: () => {
      cut()
      stalled = false
    },
    async close() {
      server.close()
      cut()
      await once(server, 'close')
    },
  }
}
