import { WebSocket } from 'ws'
import { AppError } from '../../errors/index.ts'
import { log } from '../../log.ts'
import type { Watcher } from '../../model/terminal.ts'
import { settings } from '../../settings.ts'
import type { Sink } from '../sink.ts'
import { writeTicket } from './ticket.ts'

/** Where a web process takes pipes from others; opened by a ticket alone. */
export const pipePath = '/api/internal/terminals'
/** The holder knows nothing of that terminal any more. */
export const heldNoMore = 4404

export interface Held {
  id: string
  holder: string
  address: string
}

/** How a pipe ended: everything was said, the holder has no such terminal, or nobody answers there. */
export type PipeEnd = 'over' | 'held-no-more' | 'no-answer'

/**
 * Brings a terminal that lives in another web process to a browser of ours, and back what is typed. A browser that does
 * not take it in holds the pipe back, and so the holder.
 */
export async function pipe({ id, holder, address }: Held, who: Watcher, sink: Sink, signal: AbortSignal): Promise<PipeEnd> {
  const ticket = writeTicket({ terminal: id, holder, who }, Date.now())
  const socket = new WebSocket(address.replace(/^http/, 'ws') + pipePath, {
    headers: { authorization: `Ticket ${ticket}` },
    handshakeTimeout: settings().leaseRenewMs,
    maxPayload: 16 * 1024 * 1024,
    perMessageDeflate: false,
  })
  signal.addEventListener('abort', () => socket.terminate())
  if (signal.aborted) socket.terminate()
  sink.onSaid((data) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(data))
  })
  socket.on('message', (data) => {
    sink.send(String(data))
    if (sink.isReady()) return
    socket.pause()
    void sink.ready().then(() => socket.resume())
  })
  const { promise, resolve } = Promise.withResolvers<PipeEnd>()
  socket.on('error', (error) => log().debug({ error: error.message, address }, 'a pipe to the holder of a terminal failed'))
  socket.on('close', (code) => resolve(code === 1000 ? 'over' : code === heldNoMore ? 'held-no-more' : 'no-answer'))
  return promise
}

export const silentHolder = () =>
  new AppError('unavailable', 'The Portolan process that holds this terminal does not answer.', {
    reason: { code: 'terminal-holder-silent' },
  })
