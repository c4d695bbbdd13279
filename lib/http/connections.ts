import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from '../access/limits.ts'
import { AppError } from '../errors/index.ts'
import { isTrustedProxy, plainAddress } from './address.ts'
import { endWithError } from './answer.ts'

/** An address may stand for a whole office, of which each browser has some. */
export const mostConnections = 1_000

const tooMany = () => new AppError('rate_limited', `An address may have ${mostConnections} connections at once.`, { retryAfterSeconds: 10 })

/** Lets nobody take up all connections: an address has so many at once, a trusted proxy any number. */
export function limitConnections(server: Server): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    if (isTrustedProxy()(address)) return
    const caller = networkOf(address)
    const count = (open.get(caller) ?? 0) + 1
    open.set(caller, count)
    socket.once('close', () => {
      const left = open.get(caller)! - 1
      if (left) open.set(caller, left)
      else open.delete(caller)
    })
    if (count <= mostConnections) return
    endWithError(socket, tooMany(), randomUUID())
    socket.destroySoon()
  })
}
