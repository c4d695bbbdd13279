import type { WebSocket } from 'ws'
import { log } from '../../log.ts'
import type { Watcher } from '../../model/terminal.ts'
import { heldTerminals, type HeldTerminal, holderId } from '../../terminals/held.ts'
import { readInput } from './input.ts'
import { heldNoMore } from './pipe-out.ts'
import { readTicket, type Ticket } from './ticket.ts'

/** Written and not taken by the other web process: beyond it nothing more is offered. */
const pauseAtBytes = 256 * 1024
const maxSilentBeats = 3
const brokenRule = 1008

/** The ticket of a request for a pipe; null when it brings none that holds. */
export function ticketIn(headers: { authorization?: string | undefined }): Ticket | null {
  const [scheme, ticket] = headers.authorization?.split(' ') ?? []
  return scheme === 'Ticket' && ticket ? readTicket(ticket, Date.now()) : null
}

/** Our end of a pipe: another web process brings a browser to a terminal that lives here. */
export class PipeIn {
  readonly #socket: WebSocket
  #silentBeats = 0

  constructor(socket: WebSocket, { terminal, holder, who }: Ticket) {
    this.#socket = socket
    socket.on('error', (error) => log().debug({ error: error.message }, 'a pipe of a terminal failed'))
    socket.on('pong', () => (this.#silentBeats = 0))
    const held = holder === holderId() ? heldTerminals().get(terminal) : undefined
    if (held) this.#watch(held, who)
    else socket.close(heldNoMore, 'There is no such terminal here.')
  }

  /** Every 5 s: cuts who has not answered for long. */
  beat(): void {
    if (this.#silentBeats++ >= maxSilentBeats) this.#socket.terminate()
    else this.#socket.ping()
  }

  close(): void {
    this.#socket.close(1001)
  }

  #watch({ session }: HeldTerminal, who: Watcher): void {
    const socket = this.#socket
    const watching = session.watch(who, {
      isReady: () => socket.readyState === socket.OPEN && socket.bufferedAmount < pauseAtBytes,
      send: (frame) => socket.send(frame, () => watching.poke()),
      end: () => socket.close(1000),
      fail: (error) => socket.close(brokenRule, (error as Error).message.slice(0, 100)),
    })
    socket.on('close', () => watching.leave())
    socket.on('message', (data) => {
      try {
        watching.say(readInput(JSON.parse(String(data))))
      } catch {
        // The other process hands on what a browser says; what is no input ends it.
        socket.close(brokenRule, 'That is no input of a terminal.')
      }
    })
    watching.poke()
  }
}
