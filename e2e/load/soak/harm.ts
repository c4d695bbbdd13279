import { setTimeout as wait } from 'node:timers/promises'
import type { House } from './house.ts'

/** Does something again and again after pauses of at most so many ms, until it is told to rest. */
class Again {
  done = 0
  readonly #what: () => Promise<void>
  readonly #mostMs: number
  readonly #random: () => number
  #going: Promise<void> = Promise.resolve()
  #rest = new AbortController()

  constructor(mostMs: number, random: () => number, what: () => Promise<void>) {
    this.#what = what
    this.#mostMs = mostMs
    this.#random = random
  }

  begin(): void {
    this.#rest = new AbortController()
    this.#going = this.#go(this.#rest.signal)
    this.#going.catch(() => undefined)
  }

  async rest(): Promise<void> {
    this.#rest.abort()
    await this.#going
  }

  async #go(signal: AbortSignal): Promise<void> {
    for (;;) {
      await wait(this.#random() * this.#mostMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      await this.#what()
      this.done++
    }
  }
}

const stallMs = 8_000

/** What goes wrong all the time: programs killed, sockets cut, an engine whose network breaks or lets nothing pass. */
export function harmOf({ webs, syncs, front, sea }: House, random: () => number) {
  const kill = (program: House['webs'][1]) => async () => {
    await program.kill()
    program.start()
  }
  return {
    webKills: new Again(30_000, random, kill(webs[1])),
    syncKills: new Again(30_000, random, kill(syncs[1])),
    socketCuts: new Again(8_000, random, async () => front.cut(() => random() < 0.5)),
    engineCuts: new Again(20_000, random, async () => sea.cut()),
    engineStalls: new Again(90_000, random, async () => {
      sea.stall()
      await wait(stallMs)
      sea.resume()
    }),
  }
}
