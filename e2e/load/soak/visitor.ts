import { setTimeout as wait } from 'node:timers/promises'
import { openPage } from '../page.ts'
import { Repeated } from '../repeated.ts'
import type { Shore } from './house.ts'

const longestVisitMs = 4_000

/** Opens a page with its lists and a log, stays for a while, and leaves, again and again. */
export class Visitor extends Repeated {
  visits = 0
  readonly #shore: Shore
  readonly #random: () => number

  constructor(shore: Shore, random: () => number) {
    super()
    this.#shore = shore
    this.#random = random
  }

  protected async turn(): Promise<void> {
    const page = openPage(this.#shore, this.#shore.talker)
    await wait(this.#random() * longestVisitMs)
    page.close()
    this.visits++
  }
}
